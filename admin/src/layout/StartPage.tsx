// What stands at the first address: the work of the day, or for those who have another place to begin, that place.
import { Navigate } from 'react-router-dom';
import { useActing } from '../api/company';
import { useMe } from '../api/me';
import { PageSkeleton } from '../components';
import { lazyPage } from '../lazyPage';

const Home = lazyPage(() => import('../home/Home'));

export default function StartPage() {
  const me = useMe();
  const acting = useActing();
  if (!me) return <PageSkeleton />;
  if (me.role === 'client') return <Navigate to="/tickets" replace />;
  if (me.role === 'superadmin' && !acting) return <Navigate to="/companies" replace />;
  return <Home />;
}
