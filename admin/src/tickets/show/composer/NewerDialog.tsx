// Stops an answer to what is not the newest message any more.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';

/** To read comes first; who knows better sends anyway. */
export function NewerDialog({ count, onSend, onRead }: { count: number; onSend: () => void; onRead: () => void }) {
  const t = useTranslate();
  const id = useId();
  return (
    <Dialog open onClose={onRead} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.ticket.composer.newer_title', { smart_count: count })}</DialogTitle>
      <DialogContent>
        <Typography>{t('stoa.ticket.composer.newer_body')}</Typography>
      </DialogContent>
      <DialogActions>
        <Button onClick={onSend}>{t('stoa.ticket.composer.send_anyway')}</Button>
        <Button variant="contained" onClick={onRead} autoFocus>
          {t('stoa.ticket.composer.read_first')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
