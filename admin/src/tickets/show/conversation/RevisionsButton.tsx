// Marks a message that was corrected, and shows what it said before.
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Divider, Typography } from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { PersonName, formatDateTime } from '../../../components';
import type { TicketMessage } from '../../../types';
import { MessageBody } from './MessageBody';

/** The word "edited", which opens the earlier texts. */
export function RevisionsButton({ message }: { message: TicketMessage }) {
  const t = useTranslate();
  const id = useId();
  const [open, setOpen] = useState(false);
  const revisions = [...(message.revisions ?? [])].reverse();
  return (
    <>
      <Button
        onClick={() => setOpen(true)}
        title={formatDateTime(message.edited_at)}
        sx={{
          minWidth: 0,
          p: 0,
          fontSize: '0.75rem',
          fontWeight: 400,
          color: 'text.secondary',
          textDecoration: 'underline',
        }}
      >
        {t('stoa.ticket.message.edited')}
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} fullWidth maxWidth="sm" aria-labelledby={id}>
        <DialogTitle id={id}>{t('stoa.ticket.message.revisions')}</DialogTitle>
        <DialogContent>
          {revisions.length === 0 && <Typography>{t('stoa.ticket.message.no_revisions')}</Typography>}
          {revisions.map((revision, at) => (
            <Box key={at} sx={{ mb: 2 }}>
              <Typography variant="caption" color="textSecondary" sx={{ display: 'flex', gap: 0.5, mb: 0.5 }}>
                {t('stoa.ticket.message.replaced', { time: formatDateTime(revision.replaced_at) })}
                {revision.replaced_by && <PersonName id={revision.replaced_by} />}
              </Typography>
              <MessageBody body={revision.body ?? ''} html={revision.body_html} />
              {at < revisions.length - 1 && <Divider sx={{ mt: 2 }} />}
            </Box>
          ))}
        </DialogContent>
        <DialogActions>
          <Button onClick={() => setOpen(false)}>{t('ra.action.close')}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
