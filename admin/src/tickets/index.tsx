// The pages of tickets: staff works in one kind of page, clients follow their requests in a simpler one.
import type { ComponentType, LazyExoticComponent } from 'react';
import { Navigate } from 'react-router-dom';
import { useActing } from '../api/company';
import { useMe } from '../api/me';
import { PageSkeleton } from '../components';
import { lazyPage } from '../lazyPage';

type Page = LazyExoticComponent<ComponentType>;

function byRole(Staff: Page, Client: Page) {
  return function ByRole() {
    const me = useMe();
    const acting = useActing();
    if (!me) return <PageSkeleton />;
    if (me.role === 'superadmin' && !acting) return <Navigate to="/companies" replace />;
    return me.role === 'client' ? <Client /> : <Staff />;
  };
}

export const TicketListPage = byRole(
  lazyPage(() => import('./list/TicketList')),
  lazyPage(() => import('../portal/PortalList'))
);
export const TicketCreatePage = byRole(
  lazyPage(() => import('./list/TicketCreate')),
  lazyPage(() => import('../portal/PortalCreate'))
);
export const TicketShowPage = byRole(
  lazyPage(() => import('./show/TicketShow')),
  lazyPage(() => import('../portal/PortalShow'))
);
