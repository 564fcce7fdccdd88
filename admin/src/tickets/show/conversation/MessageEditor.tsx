// Corrects a message in its place.
import { Button, Stack, TextField } from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslate, useUpdate } from 'react-admin';
import type { TicketMessage } from '../../../types';
import { useTicketPage } from '../context';

/** A field with the text, to change and save. On failure the changed text stays. */
export function MessageEditor({ message: shown, onDone }: { message: TicketMessage; onDone: () => void }) {
  const t = useTranslate();
  const { refresh, refuse, setEditing } = useTicketPage();
  // The message as it was when the correction began: another correction meanwhile must not be overwritten unasked.
  const [message] = useState(shown);
  const [text, setText] = useState(message.body);
  const [update, { isPending }] = useUpdate<TicketMessage>();
  useEffect(() => {
    setEditing(true);
    return () => setEditing(false);
  }, [setEditing]);

  const save = async () => {
    if (!text.trim() || isPending) return;
    if (text === message.body) {
      onDone();
      return;
    }
    try {
      // A formatted text would go on saying what was corrected in the plain one.
      const data = message.body_html ? { body: text, body_html: null } : { body: text };
      await update(
        'ticket_messages',
        { id: message.id, data, previousData: message, meta: { ticket_id: message.ticket_id } },
        { returnPromise: true }
      );
      onDone();
    } catch (error) {
      refuse(error);
    } finally {
      refresh();
    }
  };

  return (
    <Stack
      spacing={1}
      onKeyDown={event => {
        if (event.key === 'Escape' && text === message.body) onDone();
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          void save();
        }
      }}
    >
      <TextField
        value={text}
        onChange={event => setText(event.target.value)}
        multiline
        minRows={2}
        maxRows={16}
        autoFocus
        fullWidth
        disabled={isPending}
        sx={{ '& .MuiInputBase-root': { bgcolor: 'background.paper' } }}
        slotProps={{ htmlInput: { 'aria-label': t('stoa.ticket.message.corrected_text'), maxLength: 60_000 } }}
      />
      <Stack direction="row" spacing={1} sx={{ justifyContent: 'flex-end' }}>
        <Button onClick={onDone} disabled={isPending}>
          {t('ra.action.cancel')}
        </Button>
        <Button variant="contained" onClick={() => void save()} disabled={isPending || !text.trim()}>
          {t('stoa.ticket.message.save')}
        </Button>
      </Stack>
    </Stack>
  );
}
