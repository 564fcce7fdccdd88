// The frame around every page: bar, menu, banners, and what listens in the background.
import { Suspense, useEffect, type ReactNode } from 'react';
import { Layout as RaLayout, useNotify } from 'react-admin';
import { Navigate, useLocation } from 'react-router-dom';
import { useLive } from '../api/live';
import { onPartial } from '../api/partial';
import { mustChangePassword, mustSetUpFactor } from '../api/session';
import { PageSkeleton } from '../components';
import { ActingBanner } from './ActingBanner';
import { AppBar } from './AppBar';
import { CompanyChange } from './CompanyChange';
import { ConflictDialog } from './ConflictDialog';
import { ConnectionBanner } from './ConnectionBanner';
import { ErrorPage } from './ErrorPage';
import { Menu } from './Menu';
import { ProofDialog } from './ProofDialog';

/** Tells when a call on many records did only a part. */
function PartialNotice() {
  const notify = useNotify();
  useEffect(
    () =>
      onPartial(({ done, failures }) =>
        notify('stoa.layout.partial', {
          type: 'warning',
          autoHideDuration: 10_000,
          multiLine: true,
          messageArgs: { done: done.length, failed: failures.length, reason: failures[0]?.message ?? '' },
        })
      ),
    [notify]
  );
  return null;
}

/** Frame of all pages behind the log-in. */
export function Layout({ children }: { children: ReactNode }) {
  useLive();
  const { pathname } = useLocation();
  // Nothing else is admitted before an own password is chosen, and the second factor set up where it is demanded.
  if ((mustChangePassword() || mustSetUpFactor()) && pathname !== '/account') return <Navigate to="/account" replace />;
  return (
    <RaLayout
      appBar={AppBar}
      appBarAlwaysOn
      menu={Menu}
      error={ErrorPage}
      sx={{
        minWidth: 0,
        '& .RaLayout-content': { minWidth: 0, px: { xs: 1, sm: 2 }, pb: 2 },
        '& .RaLayout-contentWithSidebar': { minWidth: 0 },
      }}
    >
      <ConnectionBanner />
      <ActingBanner />
      <CompanyChange />
      <PartialNotice />
      <ConflictDialog />
      <ProofDialog />
      <Suspense fallback={<PageSkeleton />}>{children}</Suspense>
    </RaLayout>
  );
}
