// Other tickets that belong to this one: of the same requester, merged, split off, continued.
import { Box, Link, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useCreatePath, useGetList, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import type { Ticket } from '../../../types';
import { useTicketPage } from '../context';
import { BESIDE } from '../header/useNeighbours';
import { Section } from './Section';
import { TicketLine, TicketLink } from './TicketLink';

/** Tickets of the requester that are shown. */
const NEWEST = 5;

function Group({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ mb: 0.75 }}>
      <Typography variant="caption" color="textSecondary" component="h4">
        {label}
      </Typography>
      {children}
    </Box>
  );
}

function useTickets(filter: object, perPage: number, enabled: boolean) {
  return useGetList<Ticket>(
    'tickets',
    { filter, sort: { field: 'created_at', order: 'DESC' }, pagination: { page: 1, perPage }, meta: BESIDE },
    { enabled, staleTime: 30_000 }
  );
}

/** The tickets of the same requester. */
export function OtherTickets() {
  const t = useTranslate();
  const createPath = useCreatePath();
  const { ticket } = useTicketPage();
  const filter = { requester_id: ticket.requester_id };
  const { data = [], total, pageInfo, isPending, error } = useTickets(filter, NEWEST + 1, true);
  const others = data.filter(one => one.id !== ticket.id).slice(0, NEWEST);
  const more = pageInfo?.hasNextPage || (total ?? 0) > others.length + 1;
  const list = createPath({ resource: 'tickets', type: 'list' });
  const all = `${list}?filter=${encodeURIComponent(JSON.stringify(filter))}`;
  return (
    <Section title={t('stoa.ticket.related.others')}>
      {others.length === 0 && (
        <Typography variant="body2" color="textSecondary">
          {error ? t('stoa.ticket.related.failed') : isPending ? '…' : t('stoa.ticket.related.none')}
        </Typography>
      )}
      {others.map(one => (
        <TicketLine key={one.id} ticket={one} />
      ))}
      {more && others.length > 0 && (
        <Link component={RouterLink} to={all} variant="body2">
          {total ? t('stoa.ticket.related.all', { smart_count: total }) : t('stoa.ticket.related.more')}
        </Link>
      )}
    </Section>
  );
}

/** The tickets with which this one is connected; nothing if there are none. */
export function Connected() {
  const t = useTranslate();
  const { ticket } = useTicketPage();
  const alive = !ticket.deleted_at;
  const { data: merged = [] } = useTickets({ merged_into: ticket.id }, 20, alive);
  const { data: continued = [] } = useTickets({ follow_up_of: ticket.id }, 20, alive && ticket.status === 'closed');
  const { merged_into: target, follow_up_of: before, split_from: whole } = ticket;
  if (!target && !before && !whole && merged.length === 0 && continued.length === 0) return null;
  return (
    <Section title={t('stoa.ticket.related.connected')}>
      {target && (
        <Group label={t('stoa.ticket.related.merged_into')}>
          <TicketLink id={target} />
        </Group>
      )}
      {before && (
        <Group label={t('stoa.ticket.related.follow_up_of')}>
          <TicketLink id={before} />
        </Group>
      )}
      {whole && (
        <Group label={t('stoa.ticket.related.split_from')}>
          <TicketLink id={whole} />
        </Group>
      )}
      {merged.length > 0 && (
        <Group label={t('stoa.ticket.related.merged_from')}>
          {merged.map(one => (
            <TicketLine key={one.id} ticket={one} />
          ))}
        </Group>
      )}
      {continued.length > 0 && (
        <Group label={t('stoa.ticket.related.continued_by')}>
          {continued.map(one => (
            <TicketLine key={one.id} ticket={one} />
          ))}
        </Group>
      )}
    </Section>
  );
}
