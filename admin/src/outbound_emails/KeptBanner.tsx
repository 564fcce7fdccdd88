// Says that no mail leaves the server, where that is so, and what to do about it.
import { Alert, AlertTitle, Link } from '@mui/material';
import { useGetList, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import type { OutboundEmail } from '../types';

/** Whether the last mail that was dealt with was kept: then there is no mail server. */
function useKeeps(): boolean {
  const { data } = useGetList<OutboundEmail>('outbound_emails', {
    filter: { state_in: ['sent', 'failed', 'kept'] },
    sort: { field: 'created_at', order: 'DESC' },
    pagination: { page: 1, perPage: 1 },
    meta: { total: 'none' },
  });
  return data?.[0]?.state === 'kept';
}

/** Nothing while mail goes out. */
export function KeptBanner() {
  const t = useTranslate();
  const keeps = useKeeps();
  const sets = useMay('mailboxes', 'edit');
  if (!keeps) return null;
  return (
    <Alert severity="warning" sx={{ mb: 1 }}>
      <AlertTitle>{t('stoa.mail.outbound.keptBanner.title')}</AlertTitle>
      {t('stoa.mail.outbound.keptBanner.body')}{' '}
      {sets && (
        <Link component={RouterLink} to="/mailboxes" color="inherit">
          {t('stoa.mail.outbound.keptBanner.mailboxes')}
        </Link>
      )}
    </Alert>
  );
}
