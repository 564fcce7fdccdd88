// Another ticket in a line: reference, subject, status.
import { Box, Link, Skeleton } from '@mui/material';
import { useCreatePath, useGetMany, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { StatusChip } from '../../../components';
import type { Ticket } from '../../../types';

/** A link to a ticket that is known. */
export function TicketLine({ ticket }: { ticket: Ticket }) {
  const createPath = useCreatePath();
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.75, minWidth: 0, py: 0.25 }}>
      <Link
        component={RouterLink}
        to={createPath({ resource: 'tickets', type: 'show', id: ticket.id })}
        variant="body2"
        noWrap
        title={ticket.subject}
        sx={{ flex: 1, minWidth: 0 }}
      >
        {ticket.reference} {ticket.subject}
      </Link>
      <StatusChip status={ticket.status} />
    </Box>
  );
}

/** A link to a ticket of which only the id is known; those that the reader may not see are only mentioned. */
export function TicketLink({ id }: { id: string }) {
  const t = useTranslate();
  const { data, isPending } = useGetMany<Ticket>('tickets', { ids: [id] });
  if (isPending) return <Skeleton variant="text" />;
  const found = data?.[0];
  return found ? <TicketLine ticket={found} /> : <>{t('stoa.ticket.related.hidden')}</>;
}
