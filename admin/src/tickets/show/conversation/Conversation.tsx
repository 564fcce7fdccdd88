// The messages of a ticket, oldest at the top; it opens at the newest and keeps the reader's place.
import ArrowDownIcon from '@mui/icons-material/ArrowDownward';
import { Box, Button, Divider, Fab, Skeleton, Stack, Typography } from '@mui/material';
import { Fragment, useEffect, useImperativeHandle, useMemo, useRef, useState, type Ref } from 'react';
import { useTranslate } from 'react-admin';
import { EmptyState, ErrorState, formatDate } from '../../../components';
import type { TicketMessage } from '../../../types';
import { useTicketPage } from '../context';
import { useKey } from '../useKey';
import { MessageItem } from './MessageItem';
import type { Messages } from './useMessages';
import { useScrollKeeper } from './useScrollKeeper';

function Day({ value }: { value: string }) {
  return (
    <Divider role="presentation" sx={{ my: 0.5, color: 'text.secondary', fontSize: '0.75rem' }}>
      {formatDate(value)}
    </Divider>
  );
}

function Waiting() {
  const t = useTranslate();
  return (
    <Stack role="status" aria-label={t('ra.page.loading')} sx={{ gap: 1.5 }}>
      {[90, 130, 70, 110].map((height, at) => (
        <Skeleton key={at} variant="rounded" height={height} sx={{ ml: at % 2 ? 5 : 0, mr: at % 2 ? 0 : 5 }} />
      ))}
    </Stack>
  );
}

/** Moves the focus to the message after or before the one that has it. */
function step(box: HTMLElement | null, by: 1 | -1) {
  const all = [...(box?.querySelectorAll<HTMLElement>('[data-message]') ?? [])];
  const at = all.findIndex(one => one.contains(document.activeElement));
  const next = at < 0 ? all.at(by > 0 ? 0 : -1) : all[at + by];
  next?.focus();
  next?.scrollIntoView({ block: 'nearest' });
}

/** Tells new messages to those who do not see them come. */
function useSpoken(messages: TicketMessage[], me: string): string {
  const t = useTranslate();
  const last = messages.at(-1);
  const known = useRef<string | undefined>(undefined);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (!last) return;
    if (known.current && known.current !== last.id && last.author_id !== me) {
      setSpoken(t('stoa.ticket.conversation.spoken', { name: last.author_name }));
    }
    known.current = last.id;
  }, [last, me, t]);
  return spoken;
}

/** What other parts of the page can ask of the conversation. */
export interface ConversationHandle {
  toEnd: () => void;
}

/** The conversation with all that happens in it; writing is the composer's affair. */
export function Conversation({
  ref,
  conversation,
  onQuote,
  onSplit,
}: {
  ref?: Ref<ConversationHandle>;
  conversation: Messages;
  onQuote?: (message: TicketMessage) => void;
  onSplit?: (message: TicketMessage) => void;
}) {
  const t = useTranslate();
  const { me, rights, ticket } = useTicketPage();
  const { messages, total, hasEarlier, isLoadingEarlier, loadEarlier, isPending, error, refresh } = conversation;
  const { scroller, content, onScroll, unread, toEnd } = useScrollKeeper(messages, me.id);
  const spoken = useSpoken(messages, me.id);
  useImperativeHandle(ref, () => ({ toEnd }), [toEnd]);
  const messageRights = useMemo(
    () => ({ me: me.id, correct: rights.correct, redact: rights.redact, split: rights.split }),
    [me.id, rights.correct, rights.redact, rights.split]
  );
  useKey('j', () => step(content.current, 1));
  useKey('k', () => step(content.current, -1));

  const count = total ?? messages.length;
  const before = count - messages.length;
  return (
    <Box sx={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex' }}>
      <Box
        ref={scroller}
        onScroll={onScroll}
        tabIndex={0}
        role="region"
        aria-label={t('stoa.ticket.conversation.label')}
        sx={{ flex: 1, minWidth: 0, overflowY: 'auto', overflowAnchor: 'none', px: { xs: 1, sm: 2 }, py: 1.5 }}
      >
        <Box ref={content} sx={{ maxWidth: 920, mx: 'auto' }}>
          {isPending && <Waiting />}
          {error && <ErrorState error={error} onRetry={() => void refresh()} />}
          {!isPending && !error && messages.length === 0 && (
            <EmptyState
              title={t('stoa.ticket.conversation.empty')}
              body={ticket.merged_into ? t('stoa.ticket.conversation.empty_merged') : undefined}
            />
          )}
          {hasEarlier && (
            <Box sx={{ textAlign: 'center', mb: 1 }}>
              <Button onClick={loadEarlier} disabled={isLoadingEarlier}>
                {isLoadingEarlier
                  ? t('stoa.ticket.conversation.loading_earlier')
                  : t('stoa.ticket.conversation.earlier', { smart_count: before })}
              </Button>
            </Box>
          )}
          <Stack
            role="feed"
            aria-busy={isLoadingEarlier}
            aria-label={t('stoa.ticket.conversation.messages')}
            sx={{ gap: 1, display: messages.length ? 'flex' : 'none' }}
          >
            {messages.map((message, at) => {
              const newDay = formatDate(message.created_at) !== formatDate(messages[at - 1]?.created_at);
              return (
                <Fragment key={message.id}>
                  {newDay && <Day value={message.created_at} />}
                  <MessageItem
                    message={message}
                    position={before + at + 1}
                    total={count}
                    rights={messageRights}
                    onQuote={onQuote}
                    onSplit={onSplit}
                  />
                </Fragment>
              );
            })}
          </Stack>
        </Box>
      </Box>
      {unread > 0 && (
        <Fab
          variant="extended"
          size="small"
          color="primary"
          onClick={toEnd}
          sx={{ position: 'absolute', bottom: 12, left: '50%', transform: 'translateX(-50%)', textTransform: 'none' }}
        >
          <ArrowDownIcon fontSize="small" sx={{ mr: 0.5 }} />
          <Typography variant="body2" component="span">
            {t('stoa.ticket.conversation.new', { smart_count: unread })}
          </Typography>
        </Fab>
      )}
      <Box
        aria-live="polite"
        sx={{
          position: 'absolute',
          width: '1px',
          height: '1px',
          overflow: 'hidden',
          clipPath: 'inset(50%)',
          whiteSpace: 'nowrap',
        }}
      >
        {spoken}
      </Box>
    </Box>
  );
}
