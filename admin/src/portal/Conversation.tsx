// The messages of a request, oldest first; earlier ones on demand.
import ArrowDownward from '@mui/icons-material/ArrowDownward';
import { Box, Button, Fab, Skeleton, Typography } from '@mui/material';
import { useMemo } from 'react';
import { useGetManyReference, useInfiniteGetList, useTranslate } from 'react-admin';
import { ErrorState, TimeAgo } from '../components';
import type { Ticket, TicketEvent, TicketMessage } from '../types';
import { Message } from './Message';
import { timeline, type Entry } from './timeline';
import { useEnd } from './useEnd';

const PER_PAGE = 25;
const EVENTS = 200;

/** The conversation; `me` is the reader's id. */
export function Conversation({ ticket, me }: { ticket: Ticket; me: string }) {
  const t = useTranslate();
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteGetList<TicketMessage>(
    'ticket_messages',
    {
      filter: { ticket_id: ticket.id },
      sort: { field: 'created_at', order: 'DESC' },
      pagination: { page: 1, perPage: PER_PAGE },
    }
  );
  const { data: events, isPending: awaitsEvents } = useGetManyReference<TicketEvent>('ticket_events', {
    target: 'ticket_id',
    id: ticket.id,
    sort: { field: 'created_at', order: 'DESC' },
    pagination: { page: 1, perPage: EVENTS },
    filter: {},
  });
  const messages = useMemo(() => data?.pages.flatMap(page => page.data), [data]);
  const entries = useMemo(
    // Both at once: what comes later would push the end out of sight.
    () => (messages && !awaitsEvents ? timeline(messages, events ?? [], !hasNextPage) : undefined),
    [messages, events, awaitsEvents, hasNextPage]
  );
  const writable = !ticket.archived && !ticket.merged_into;
  const { below, toEnd } = useEnd(entries && messages?.[0]?.id, messages?.[0]?.author_id === me);
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!entries) return <Shape />;
  return (
    <Box component="section" aria-label={t('stoa.portal.show.conversation')}>
      {hasNextPage && (
        <Box sx={{ textAlign: 'center', mb: 1 }}>
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('stoa.portal.show.earlier')}
          </Button>
        </Box>
      )}
      {entries.length === 0 && !ticket.merged_into && (
        <Typography color="textSecondary" align="center" sx={{ py: 3 }}>
          {t('stoa.portal.show.no_text')}
        </Typography>
      )}
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {entries.map(entry =>
          entry.kind === 'message' ? (
            <Message
              key={entry.id}
              message={entry.message}
              own={entry.message.author_id === me}
              writable={writable}
            />
          ) : (
            <Became key={entry.id} entry={entry} />
          )
        )}
      </Box>
      {below && (
        <Fab
          variant="extended"
          size="small"
          color="primary"
          onClick={toEnd}
          // At the top: below are the field and its buttons.
          sx={{ position: 'fixed', top: 60, left: '50%', transform: 'translateX(-50%)', zIndex: 2 }}
        >
          <ArrowDownward fontSize="small" sx={{ mr: 0.5 }} />
          {t('stoa.portal.show.new_below')}
        </Fab>
      )}
    </Box>
  );
}

function Became({ entry }: { entry: Extract<Entry, { kind: 'standing' }> }) {
  const t = useTranslate();
  return (
    <Box component="li" sx={{ textAlign: 'center', color: 'text.secondary', fontSize: '0.82rem', mb: 1.5 }}>
      {t('stoa.portal.show.became', { status: t(`stoa.portal.status.${entry.to}`) })}
      {' · '}
      <TimeAgo value={entry.at} />
    </Box>
  );
}

function Shape() {
  return (
    <>
      {['80%', '60%', '70%'].map((width, row) => (
        <Skeleton
          key={row}
          variant="rounded"
          width={width}
          height={72}
          sx={{ mb: 2, ml: row % 2 === 0 ? 'auto' : 0 }}
        />
      ))}
    </>
  );
}
