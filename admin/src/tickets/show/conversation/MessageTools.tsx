// What can be done with one message: answer with a quotation, copy, correct, redact, split off.
import CallSplitIcon from '@mui/icons-material/CallSplit';
import CopyIcon from '@mui/icons-material/ContentCopy';
import EditIcon from '@mui/icons-material/EditOutlined';
import QuoteIcon from '@mui/icons-material/FormatQuote';
import MoreIcon from '@mui/icons-material/MoreHoriz';
import RedactIcon from '@mui/icons-material/VisibilityOffOutlined';
import { IconButton, ListItemIcon, ListItemText, Menu, MenuItem, Stack, Tooltip, Typography } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import { ConfirmDialog } from '../../../components';
import type { StoaDataProvider } from '../../../dataProvider';
import type { TicketMessage } from '../../../types';
import { useTicketPage } from '../context';
import { canCorrect, minutesLeft } from './correct';

/** What the reader may do with messages. */
export interface MessageRights {
  me: string;
  correct: string | undefined;
  redact: boolean;
  split: boolean;
}

function RedactDialog({ message, open, onClose }: { message: TicketMessage; open: boolean; onClose: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { refresh, refuse } = useTicketPage();
  const [busy, setBusy] = useState(false);
  const redact = async () => {
    setBusy(true);
    try {
      await dataProvider.delete('ticket_messages', {
        id: message.id,
        previousData: message,
        meta: { ticket_id: message.ticket_id },
      });
      notify('stoa.ticket.message.redact_done');
      onClose();
    } catch (error) {
      refuse(error);
    } finally {
      setBusy(false);
      refresh();
    }
  };
  return (
    <ConfirmDialog
      open={open}
      title={t('stoa.ticket.message.redact_title')}
      confirmLabel={t('stoa.ticket.message.redact')}
      danger
      busy={busy}
      onConfirm={() => void redact()}
      onClose={onClose}
    >
      <Typography>{t('stoa.ticket.message.redact_body', { name: message.author_name })}</Typography>
    </ConfirmDialog>
  );
}

/** Buttons at the corner of a message. They show on hover and focus, and always where there is no mouse. */
export function MessageTools({
  message,
  rights,
  onQuote,
  onSplit,
  onCorrect,
}: {
  message: TicketMessage;
  rights: MessageRights;
  onQuote?: (message: TicketMessage) => void;
  onSplit?: (message: TicketMessage) => void;
  onCorrect: () => void;
}) {
  const t = useTranslate();
  const notify = useNotify();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [redacting, setRedacting] = useState(false);
  const gone = Boolean(message.redacted_at);
  const close = () => setAnchor(null);
  const choose = (what: () => void) => () => {
    close();
    what();
  };
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(message.body);
      notify('stoa.ticket.message.copied');
    } catch {
      notify('stoa.ticket.copy_failed', { type: 'warning' });
    }
  };
  const now = Date.now();
  const minutes = minutesLeft(message, rights.correct, now);
  if (gone && !rights.split) return null;
  return (
    <Stack
      direction="row"
      className="tools"
      sx={{ flexShrink: 0, opacity: anchor ? 1 : 0, '@media (hover: none)': { opacity: 1 } }}
    >
      {onQuote && !gone && (
        <Tooltip title={t('stoa.ticket.message.quote')}>
          <IconButton aria-label={t('stoa.ticket.message.quote')} onClick={() => onQuote(message)}>
            <QuoteIcon fontSize="small" />
          </IconButton>
        </Tooltip>
      )}
      <IconButton
        aria-label={t('stoa.ticket.message.more', { name: message.author_name })}
        aria-haspopup="menu"
        onClick={event => setAnchor(event.currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu anchorEl={anchor} open={Boolean(anchor)} onClose={close}>
        {!gone && (
          <MenuItem onClick={choose(() => void copy())}>
            <ListItemIcon>
              <CopyIcon fontSize="small" />
            </ListItemIcon>
            <ListItemText>{t('stoa.ticket.message.copy')}</ListItemText>
          </MenuItem>
        )}
        {canCorrect(message, rights.me, rights.correct, now) && (
          <MenuItem onClick={choose(onCorrect)}>
            <ListItemIcon>
              <EditIcon fontSize="small" />
            </ListItemIcon>
            <ListItemText
              secondary={minutes === undefined ? undefined : t('stoa.ticket.message.minutes', { smart_count: minutes })}
            >
              {t('stoa.ticket.message.correct')}
            </ListItemText>
          </MenuItem>
        )}
        {onSplit && rights.split && (
          <MenuItem onClick={choose(() => onSplit(message))}>
            <ListItemIcon>
              <CallSplitIcon fontSize="small" />
            </ListItemIcon>
            <ListItemText>{t('stoa.ticket.message.split')}</ListItemText>
          </MenuItem>
        )}
        {rights.redact && !gone && (
          <MenuItem onClick={choose(() => setRedacting(true))} sx={{ color: 'error.main' }}>
            <ListItemIcon sx={{ color: 'inherit' }}>
              <RedactIcon fontSize="small" />
            </ListItemIcon>
            <ListItemText>{t('stoa.ticket.message.redact_menu')}</ListItemText>
          </MenuItem>
        )}
      </Menu>
      {redacting && <RedactDialog message={message} open onClose={() => setRedacting(false)} />}
    </Stack>
  );
}
