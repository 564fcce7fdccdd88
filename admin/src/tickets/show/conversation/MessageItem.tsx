// One message: who, when, to whom it went, what it says, and what can be done with it.
import LockIcon from '@mui/icons-material/LockOutlined';
import { Box, Chip, Stack, Typography, type SxProps, type Theme } from '@mui/material';
import { alpha } from '@mui/material/styles';
import { memo, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { PersonAvatar, TimeAgo } from '../../../components';
import { Attachments } from '../../../files/Attachments';
import type { TicketMessage } from '../../../types';
import { MessageBody } from './MessageBody';
import { MessageEditor } from './MessageEditor';
import { MailMarks, MessageMail } from './MessageMail';
import { MessageTools, type MessageRights } from './MessageTools';
import { RevisionsButton } from './RevisionsButton';

/** Kinds of messages by how they are told apart at a glance. */
type Side = 'client' | 'staff' | 'note' | 'small';

function sideOf(message: TicketMessage): Side {
  if (message.via === 'system' || message.is_auto_response || !KNOWN.has(message.kind)) return 'small';
  if (message.kind === 'private_note') return 'note';
  return message.author_is_staff ? 'staff' : 'client';
}

const KNOWN = new Set<string>(['public_reply', 'private_note']);

function lookOf(side: Side): SxProps<Theme> {
  const base = { border: 1, borderRadius: 1.5, px: 1.5, py: 1, position: 'relative', scrollMargin: 8 } as const;
  switch (side) {
    case 'note':
      return {
        ...base,
        bgcolor: 'note.bg',
        borderColor: 'note.border',
        borderStyle: 'dashed',
        ml: { xs: 1, sm: 5 },
        '& .muted': { color: 'note.text' },
      };
    case 'staff':
      return theme => ({
        ...base,
        bgcolor: alpha(theme.palette.primary.main, theme.palette.mode === 'dark' ? 0.12 : 0.055),
        borderColor: alpha(theme.palette.primary.main, 0.25),
        ml: { xs: 1, sm: 5 },
      });
    case 'small':
      return { ...base, bgcolor: 'transparent', borderColor: 'transparent', py: 0.25, fontSize: '0.8rem' };
    default:
      return { ...base, bgcolor: 'background.paper', borderColor: 'divider', mr: { xs: 1, sm: 5 } };
  }
}

/** What to call the sort of message, beside its author. */
function SideLabel({ message, side }: { message: TicketMessage; side: Side }) {
  const t = useTranslate();
  if (side === 'note') {
    return (
      <Chip
        icon={<LockIcon sx={{ '&&': { fontSize: 13, color: 'note.text' } }} />}
        label={t('stoa.ticket.message.private_note')}
        sx={{ height: 20, color: 'note.text', bgcolor: 'transparent', fontWeight: 600 }}
      />
    );
  }
  const hidden = message.visibility === 'private';
  const name = side === 'small' ? (message.is_auto_response ? 'auto' : 'system') : side;
  return (
    <Typography variant="caption" color="textSecondary" component="span" sx={{ whiteSpace: 'nowrap' }}>
      {t(`stoa.ticket.message.${name}`)}
      {hidden && ` · ${t('stoa.ticket.message.hidden')}`}
      {message.via !== 'web' && message.via !== 'system' && ` · ${t(`stoa.ticket.message.via_${message.via}`)}`}
    </Typography>
  );
}

/** One entry of the conversation. */
export const MessageItem = memo(function MessageItem({
  message,
  position,
  total,
  rights,
  onQuote,
  onSplit,
}: {
  message: TicketMessage;
  position: number;
  total: number;
  rights: MessageRights;
  onQuote?: (message: TicketMessage) => void;
  onSplit?: (message: TicketMessage) => void;
}) {
  const t = useTranslate();
  const id = useId();
  const [editing, setEditing] = useState(false);
  const side = sideOf(message);
  return (
    <Box
      component="article"
      tabIndex={-1}
      data-message={message.id}
      aria-labelledby={id}
      aria-posinset={position}
      aria-setsize={total}
      sx={[
        ...[lookOf(side)].flat(),
        { '&:hover .tools, &:focus-within .tools, &:focus .tools': { opacity: 1 } },
      ]}
    >
      <Stack direction="row" sx={{ alignItems: 'center', gap: 1, minHeight: 28, mb: side === 'small' ? 0 : 0.25 }}>
        <Stack
          direction="row"
          id={id}
          sx={{ alignItems: 'center', columnGap: 0.75, rowGap: 0, flexWrap: 'wrap', minWidth: 0, flex: 1 }}
        >
          {side !== 'small' && <PersonAvatar name={message.author_name || '?'} />}
          <Typography component="span" variant="body2" sx={{ fontWeight: 600, overflowWrap: 'anywhere' }}>
            {message.author_name || t('stoa.common.somebody')}
          </Typography>
          <SideLabel message={message} side={side} />
          <MailMarks message={message} />
          <Typography component="span" variant="caption" color="textSecondary" className="muted">
            <TimeAgo value={message.created_at} />
          </Typography>
          {message.edited_at && !message.redacted_at && <RevisionsButton message={message} />}
        </Stack>
        <MessageTools
          message={message}
          rights={rights}
          onQuote={onQuote}
          onSplit={onSplit}
          onCorrect={() => setEditing(true)}
        />
      </Stack>
      {message.redacted_at ? (
        <Typography color="textSecondary" className="muted" sx={{ fontStyle: 'italic' }}>
          {t('stoa.ticket.message.redacted')} · <TimeAgo value={message.redacted_at} />
        </Typography>
      ) : editing ? (
        <MessageEditor message={message} onDone={() => setEditing(false)} />
      ) : (
        <MessageBody body={message.body} html={message.body_html} />
      )}
      <Attachments message={message} />
      <MessageMail message={message} />
    </Box>
  );
});
