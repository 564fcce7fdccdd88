// How a request hangs together with others: what it continues, where it goes on, what it was joined with.
import { Alert, Link as MuiLink } from '@mui/material';
import type { ReactNode } from 'react';
import { useGetList, useGetMany, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { formatDate } from '../components';
import type { Ticket } from '../types';

const MARK = '%{reference}';

/** Notes above the conversation. */
export function Relations({ ticket }: { ticket: Ticket }) {
  const t = useTranslate();
  const before = useOne(ticket.follow_up_of);
  const target = useOne(ticket.merged_into);
  const { data: after = [] } = useGetList<Ticket>(
    'tickets',
    {
      filter: { follow_up_of: ticket.id, archived_in: [true, false] },
      pagination: { page: 1, perPage: 5 },
      sort: { field: 'created_at', order: 'ASC' },
    },
    { enabled: ticket.status === 'closed' }
  );
  const closed = ticket.status === 'closed' && !ticket.merged_into;
  return (
    <>
      {ticket.merged_into && (
        <Note severity="warning">
          {target ? <To ticket={target} text="stoa.portal.show.merged_into" /> : t('stoa.portal.show.merged')}
        </Note>
      )}
      {ticket.follow_up_of && (
        <Note>
          {before ? <To ticket={before} text="stoa.portal.show.continues" /> : t('stoa.portal.show.continues_hidden')}
        </Note>
      )}
      {closed && <Note>{t('stoa.portal.status_help.closed', { date: formatDate(ticket.closed_at) })}</Note>}
      {ticket.status === 'closed' &&
        after.map(one => (
          <Note key={one.id}>
            <To ticket={one} text="stoa.portal.show.continued" />
          </Note>
        ))}
      {ticket.archived && !closed && !ticket.merged_into && <Note>{t('stoa.portal.show.archived')}</Note>}
    </>
  );
}

/** Another request, if the reader sees it. */
function useOne(id: string | null): Ticket | undefined {
  const { data } = useGetMany<Ticket>('tickets', { ids: id ? [id] : [] }, { enabled: id !== null });
  return id === null ? undefined : data?.[0];
}

function Note({ severity = 'info', children }: { severity?: 'info' | 'warning'; children: ReactNode }) {
  return (
    <Alert severity={severity} sx={{ mb: 1, py: 0.25 }}>
      {children}
    </Alert>
  );
}

/** A sentence in which the reference of the other request is a link. */
function To({ ticket, text }: { ticket: Ticket; text: string }) {
  const t = useTranslate();
  const [start, end] = t(text, { reference: MARK }).split(MARK);
  return (
    <>
      {start}
      <MuiLink component={Link} to={`/tickets/${ticket.id}/show`} color="inherit" sx={{ fontWeight: 600 }}>
        {ticket.reference}
      </MuiLink>
      {end}
    </>
  );
}
