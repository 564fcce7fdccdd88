// Makes a ticket of its own out of some messages.
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  List,
  ListItem,
  ListItemButton,
  ListItemIcon,
  ListItemText,
  TextField,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useCreatePath, useDataProvider, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { formatDateTime } from '../../../components';
import type { StoaDataProvider } from '../../../dataProvider';
import type { Ticket, TicketMessage } from '../../../types';
import { useTicketPage } from '../context';
import type { Messages } from '../conversation/useMessages';
import { useRefusalText } from '../useRefusal';
import { ChoiceMark } from './ChoiceMark';

/** Most messages of one split. */
const MOST = 100;

/** The dialog of splitting; `first` is the message from which it was opened. */
export function SplitDialog({
  conversation,
  first,
  onClose,
}: {
  conversation: Messages;
  first?: TicketMessage;
  onClose: () => void;
}) {
  const t = useTranslate();
  const id = useId();
  const notify = useNotify();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const queryClient = useQueryClient();
  const refusalText = useRefusalText();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { ticket } = useTicketPage();
  const [chosen, setChosen] = useState<string[]>(first ? [first.id] : []);
  const [subject, setSubject] = useState(ticket.subject);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const { messages, hasEarlier, loadEarlier, isLoadingEarlier } = conversation;
  const full = chosen.length >= MOST;
  const toggle = (message: string) =>
    setChosen(before => (before.includes(message) ? before.filter(one => one !== message) : [...before, message]));

  const split = async () => {
    if (busy || chosen.length === 0 || !subject.trim()) return;
    setBusy(true);
    setFailure(null);
    try {
      const body = { message_ids: chosen, subject: subject.trim() };
      const { data } = await dataProvider.action<Ticket>('tickets', ticket.id, 'split', body);
      for (const resource of ['tickets', 'ticket_events']) {
        void queryClient.invalidateQueries({ queryKey: [resource] });
      }
      notify('stoa.ticket.split.done', { messageArgs: { name: data.reference } });
      onClose();
      navigate(createPath({ resource: 'tickets', type: 'show', id: data.id }));
    } catch (error) {
      setFailure(refusalText(error));
      setBusy(false);
    }
  };

  return (
    <Dialog open onClose={busy ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.ticket.split.title')}</DialogTitle>
      <DialogContent>
        <Typography sx={{ mb: 1.5 }}>{t('stoa.ticket.split.body')}</Typography>
        <TextField
          label={t('stoa.ticket.split.subject')}
          value={subject}
          onChange={event => setSubject(event.target.value)}
          required
          fullWidth
          slotProps={{ htmlInput: { maxLength: 200 } }}
        />
        {hasEarlier && (
          <Button onClick={loadEarlier} disabled={isLoadingEarlier} sx={{ mt: 1 }}>
            {t('stoa.ticket.conversation.earlier_short')}
          </Button>
        )}
        <List
          aria-label={t('stoa.ticket.conversation.messages')}
          sx={{ mt: 1, maxHeight: 320, overflowY: 'auto', border: 1, borderColor: 'divider', borderRadius: 1, py: 0 }}
        >
          {messages.map(message => {
            const checked = chosen.includes(message.id);
            const note = message.kind === 'private_note';
            return (
              <ListItem key={message.id} disablePadding sx={note ? { bgcolor: 'note.bg' } : undefined}>
                <ListItemButton
                  dense
                  role="checkbox"
                  aria-checked={checked}
                  disabled={full && !checked}
                  onClick={() => toggle(message.id)}
                >
                  <ListItemIcon sx={{ minWidth: 32 }}>
                    <ChoiceMark several checked={checked} />
                  </ListItemIcon>
                  <ListItemText
                    primary={[
                      message.author_name,
                      ...(note ? [t('stoa.ticket.message.private_note')] : []),
                      formatDateTime(message.created_at),
                    ].join(' · ')}
                    secondary={message.body}
                    slotProps={{ secondary: { noWrap: true } }}
                  />
                </ListItemButton>
              </ListItem>
            );
          })}
        </List>
        {failure && (
          <Alert severity="error" sx={{ mt: 1 }} role="alert">
            {failure}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('ra.action.cancel')}
        </Button>
        <Button
          variant="contained"
          onClick={() => void split()}
          disabled={busy || chosen.length === 0 || !subject.trim()}
        >
          {t('stoa.ticket.split.split', { smart_count: chosen.length })}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
