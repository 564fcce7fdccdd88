// What happened to the ticket, newest first, in sentences.
import { Box, Button, Skeleton, Stack, Typography } from '@mui/material';
import { useMemo } from 'react';
import { useGetMany, useInfiniteGetList, useLocale, useTranslate } from 'react-admin';
import { ErrorState, TimeAgo, formatDateTime } from '../../../components';
import type { StoaRecord, TicketEvent } from '../../../types';
import { useTicketPage } from '../context';
import { describe, namesIn, type NamedResource, type Words } from './describe';

const PAGE = 50;

type Named = StoaRecord & { name?: string; reference?: string };

function useNamesOf(resource: NamedResource, ids: string[]): Map<string, string> {
  const { data } = useGetMany<Named>(resource, { ids }, { enabled: ids.length > 0 });
  return useMemo(() => {
    const known = (data ?? []).filter(Boolean);
    return new Map(known.map(record => [record.id, record.name ?? record.reference ?? '']));
  }, [data]);
}

/** Names for all ids in the events. */
function useWords(events: TicketEvent[]): Words {
  const t = useTranslate();
  const ids = useMemo(() => namesIn(events), [events]);
  const users = useNamesOf('users', ids.users);
  const departments = useNamesOf('departments', ids.departments);
  const categories = useNamesOf('categories', ids.categories);
  const tags = useNamesOf('tags', ids.tags);
  const tickets = useNamesOf('tickets', ids.tickets);
  const names = { users, departments, categories, tags, tickets };
  return {
    t,
    time: value => formatDateTime(value),
    field: name => t(`resources.tickets.fields.${name}`),
    name: (resource, id) =>
      names[resource].get(id) ?? t(resource === 'users' ? 'stoa.common.somebody' : 'stoa.common.removed'),
  };
}

function Entry({ event, words }: { event: TicketEvent; words: Words }) {
  const t = useTranslate();
  const locale = useLocale();
  const clauses = describe(event, words);
  if (clauses.length === 0) return null;
  return (
    <Box
      component="li"
      sx={{ borderLeft: 2, borderColor: event.visibility === 'private' ? 'note.border' : 'divider', pl: 1, pb: 1 }}
    >
      <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>
        <Box component="span" sx={{ fontWeight: 600 }}>
          {event.actor_name ?? t('stoa.ticket.history.system')}
        </Box>{' '}
        {new Intl.ListFormat(locale).format(clauses)}
        {event.reason && <> {t('stoa.ticket.history.reason', { reason: event.reason })}</>}
      </Typography>
      <Typography variant="caption" color="textSecondary">
        <TimeAgo value={event.created_at} />
        {event.bulk_id && ` · ${t('stoa.ticket.history.bulk')}`}
      </Typography>
    </Box>
  );
}

/** The history of the ticket. */
export function History() {
  const t = useTranslate();
  const { ticket } = useTicketPage();
  const { data, error, isPending, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } =
    useInfiniteGetList<TicketEvent>(
      'ticket_events',
      {
        filter: { ticket_id: ticket.id },
        sort: { field: 'seq', order: 'DESC' },
        pagination: { page: 1, perPage: PAGE },
      },
      { enabled: !ticket.deleted_at }
    );
  const events = useMemo(() => {
    const all = (data?.pages ?? []).flatMap(page => page.data);
    return [...new Map(all.map(event => [event.id, event])).values()];
  }, [data]);
  const words = useWords(events);
  if (ticket.deleted_at) {
    return <Typography color="textSecondary">{t('stoa.ticket.history.deleted_ticket')}</Typography>;
  }
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) {
    return (
      <Stack spacing={1} role="status" aria-label={t('ra.page.loading')}>
        {Array.from({ length: 6 }, (_, at) => (
          <Skeleton key={at} variant="rounded" height={34} />
        ))}
      </Stack>
    );
  }
  return (
    <>
      <Box component="ol" aria-label={t('stoa.ticket.history.title')} sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {events.map(event => (
          <Entry key={event.id} event={event} words={words} />
        ))}
      </Box>
      {hasNextPage && (
        <Button onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
          {t('stoa.ticket.history.earlier')}
        </Button>
      )}
    </>
  );
}
