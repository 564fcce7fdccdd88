// Files that the mail of a message carried: saved, never shown, as what they are is the sender's word.
import AttachFileIcon from '@mui/icons-material/AttachFile';
import { Button, Stack } from '@mui/material';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { saveBytes } from '../api/bytes';
import { useErrorText } from '../components';
import { sizeOf } from '../inbound_emails/words';
import type { MailPart, TicketMessage } from '../types';


function Part({ path, part }: { path: string; part: MailPart }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const save = async () => {
    setBusy(true);
    try {
      await saveBytes(`${path}/${part.part}`, part.filename);
    } catch (error) {
      notify(errorText(error), { type: 'error' });
    }
    setBusy(false);
  };
  return (
    <Button
      size="small"
      variant="outlined"
      color="inherit"
      startIcon={<AttachFileIcon />}
      disabled={busy}
      onClick={() => void save()}
      aria-label={t('stoa.mail.ticket.download', { name: part.filename })}
      sx={{ textTransform: 'none', overflowWrap: 'anywhere', textAlign: 'left', maxWidth: '100%', py: 0.25 }}
    >
      {part.filename} · {sizeOf(part.size)}
    </Button>
  );
}

/** Buttons that save them; nothing where there are none. */
export function MailParts({ message }: { message: TicketMessage }) {
  const t = useTranslate();
  if (!message.email_parts?.length || message.redacted_at) return null;
  const path = `/api/tickets/${message.ticket_id}/messages/${message.id}/email_parts`;
  return (
    <Stack
      direction="row"
      component="ul"
      aria-label={t('stoa.mail.ticket.parts')}
      sx={{ listStyle: 'none', p: 0, m: 0, mt: 1, gap: 1, flexWrap: 'wrap' }}
    >
      {message.email_parts.map(part => (
        <li key={part.part} style={{ maxWidth: '100%' }}>
          <Part path={path} part={part} />
        </li>
      ))}
    </Stack>
  );
}
