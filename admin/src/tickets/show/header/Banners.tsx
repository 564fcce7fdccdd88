// Why nothing can be changed here, and the way back.
import { Alert, Button, Link } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useGetMany, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { TimeAgo } from '../../../components';
import type { Ticket } from '../../../types';
import { useTicketPage } from '../context';
import { useRemoval } from './useRemoval';

function Banner({
  children,
  action,
  severity = 'warning',
}: {
  children: ReactNode;
  action?: ReactNode;
  severity?: 'warning' | 'info';
}) {
  return (
    <Alert severity={severity} action={action} sx={{ borderRadius: 0, py: 0.25, flexShrink: 0, alignItems: 'center' }}>
      {children}
    </Alert>
  );
}

function Deleted() {
  const t = useTranslate();
  const { ticket, rights } = useTicketPage();
  const { restore, busy } = useRemoval();
  return (
    <Banner
      action={
        rights.restore && (
          <Button color="inherit" onClick={() => void restore()} disabled={busy}>
            {t('stoa.ticket.banner.restore')}
          </Button>
        )
      }
    >
      {t('stoa.ticket.banner.deleted')} <TimeAgo value={ticket.deleted_at} />. {t('stoa.ticket.banner.deleted_more')}
    </Banner>
  );
}

function Merged({ target }: { target: string }) {
  const t = useTranslate();
  const createPath = useCreatePath();
  const { rights, act } = useTicketPage();
  const { data } = useGetMany<Ticket>('tickets', { ids: [target] });
  const into = data?.[0];
  return (
    <Banner
      action={
        rights.unmerge && (
          <Button color="inherit" onClick={() => void act('unmerge')}>
            {t('stoa.ticket.header.unmerge')}
          </Button>
        )
      }
    >
      {t('stoa.ticket.banner.merged')}{' '}
      {into ? (
        <Link component={RouterLink} to={createPath({ resource: 'tickets', type: 'show', id: target })} color="inherit">
          {into.reference} {into.subject}
        </Link>
      ) : (
        t('stoa.ticket.banner.merged_hidden')
      )}
      . {t('stoa.ticket.banner.merged_more')}
    </Banner>
  );
}

/** What bars the ticket from being changed, if anything does. */
export function Banners() {
  const t = useTranslate();
  const { ticket, rights, act } = useTicketPage();
  if (ticket.deleted_at) return <Deleted />;
  if (ticket.merged_into) return <Merged target={ticket.merged_into} />;
  if (ticket.archived) {
    return (
      <Banner
        severity="info"
        action={
          rights.unarchive && (
            <Button color="inherit" onClick={() => void act('unarchive')}>
              {t('stoa.ticket.header.unarchive')}
            </Button>
          )
        }
      >
        {t('stoa.ticket.banner.archived')}
      </Banner>
    );
  }
  if (ticket.is_spam) return <Banner>{t('stoa.ticket.banner.spam')}</Banner>;
  return null;
}
