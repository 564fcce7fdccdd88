// Correcting an own message in its place.
import { Box, Button, TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate, useUpdate } from 'react-admin';
import { useErrorText } from '../components';
import type { TicketMessage } from '../types';
import { isSendKey } from './keys';
import { LONGEST } from './words';
import { useRefresh } from './useRefresh';

/** The text of a message to be changed. */
export function Correction({ message, onDone }: { message: TicketMessage; onDone: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const refresh = useRefresh(message.ticket_id);
  const [text, setText] = useState(message.body);
  const [update, { isPending }] = useUpdate<TicketMessage>();
  const ready = text.trim() !== '' && text !== message.body && text.length <= LONGEST.message && !isPending;
  const save = () => {
    if (!ready) return;
    void update(
      'ticket_messages',
      {
        id: message.id,
        // A formatted text would go on saying what was corrected.
        data: { body: text, ...(message.body_html !== null && { body_html: null }) },
        previousData: message,
        meta: { ticket_id: message.ticket_id },
      },
      {
        mutationMode: 'pessimistic',
        onSuccess: () => {
          refresh();
          onDone();
        },
        onError: error => notify(errorText(error), { type: 'error' }),
      }
    );
  };
  return (
    <Box>
      <TextField
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (event.key === 'Escape') onDone();
          if (isSendKey(event)) save();
        }}
        multiline
        fullWidth
        autoFocus
        maxRows={16}
        slotProps={{
          htmlInput: { 'aria-label': t('stoa.portal.correct.label') },
          input: { sx: { bgcolor: 'background.paper' } },
        }}
      />
      <Typography variant="caption" component="p" color="textSecondary" sx={{ my: 0.5 }}>
        {t('stoa.portal.correct.note')}
      </Typography>
      <Box sx={{ display: 'flex', gap: 1 }}>
        <Button variant="contained" disabled={!ready} onClick={save}>
          {t('stoa.portal.correct.save')}
        </Button>
        <Button onClick={onDone}>{t('stoa.portal.correct.cancel')}</Button>
      </Box>
    </Box>
  );
}
