// Where a client writes: answers, says that it is solved or not, or asks again.
import { Box, Button, Paper, TextField, Typography } from '@mui/material';
import { useId, useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { Kbd } from '../components';
import { AttachButton } from '../files/AttachButton';
import { AttachTray } from '../files/AttachTray';
import { DropZone } from '../files/DropZone';
import { useAttaching, type Attaching } from '../files/useAttaching';
import type { Ticket } from '../types';
import { draftName, useDraft } from './drafts';
import { isSendKey, sendKeys } from './keys';
import { useReply } from './useReply';
import { LONGEST, standing } from './words';

/** The field for an answer; `me` is the writer's id. */
export function Reply({ ticket, me }: { ticket: Ticket; me: string }) {
  const t = useTranslate();
  const id = useId();
  const [text, setText] = useDraft(`${me}.${ticket.id}`);
  const closed = ticket.status === 'closed';
  const files = useAttaching(draftName(`${me}.${ticket.id}`), 'sessionStorage', 'ticket_messages');
  const hasFiles = files.items.length > 0;
  const [asks, setAsks] = useState(closed && (text !== '' || hasFiles));
  const { send, solve, reopen, busy } = useReply(ticket, text, setText, files);
  const mayWrite = useMay('ticket_messages', 'create');
  const mayMove = useMay('tickets', 'transition') && ticket.requester_id === me;
  const written = text.trim() !== '';
  const tooLong = text.length > LONGEST.message;
  const ready = written && !tooLong && !busy;
  const words = closed ? 'ask_again_' : '';
  if (!mayWrite) return null;
  if (closed && !asks) {
    return (
      <Frame>
        <Box sx={{ display: 'flex', alignItems: 'center', flexWrap: 'wrap', gap: 1 }}>
          <Typography color="textSecondary" sx={{ flex: 1, minWidth: 220 }}>
            {t('stoa.portal.reply.ask_again_body')}
          </Typography>
          <Button variant="contained" size="medium" onClick={() => setAsks(true)}>
            {t('stoa.portal.reply.ask_again')}
          </Button>
        </Box>
      </Frame>
    );
  }
  return (
    <Frame files={files}>
      <Typography id={id} variant="body2" color="textSecondary" sx={{ mb: 0.75 }}>
        {closed ? t('stoa.portal.reply.ask_again_body') : t(`stoa.portal.status_help.${standing(ticket.status)}`)}
      </Typography>
      <TextField
        value={text}
        onChange={event => setText(event.target.value)}
        onKeyDown={event => {
          if (!isSendKey(event)) return;
          event.preventDefault();
          if (ready) send();
        }}
        placeholder={t(`stoa.portal.reply.${words}placeholder`)}
        multiline
        fullWidth
        autoFocus={asks && closed}
        minRows={2}
        maxRows={9}
        error={tooLong}
        helperText={tooLong && t('stoa.portal.reply.too_long', { count: text.length, most: LONGEST.message })}
        slotProps={{
          htmlInput: { 'aria-label': t(`stoa.portal.reply.${words}label`), 'aria-describedby': id },
          input: { readOnly: busy, sx: { bgcolor: 'background.paper', fontSize: { xs: '1rem', sm: '0.95rem' } } },
        }}
      />
      <AttachTray files={files} locked={busy} needsText={!written} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mt: 1 }}>
        <Button variant="contained" size="medium" disabled={!ready} onClick={send}>
          {t('stoa.portal.reply.send')}
        </Button>
        <AttachButton files={files} disabled={busy} />
        <Hint />
        <Box sx={{ flex: 1 }} />
        {mayMove && !closed && ticket.status !== 'solved' && (
          <Button
            variant="outlined"
            color="success"
            size="medium"
            disabled={busy || text.length > LONGEST.comment || (hasFiles && !written)}
            onClick={solve}
          >
            {t(written ? 'stoa.portal.reply.send_solve' : 'stoa.portal.reply.solve')}
          </Button>
        )}
        {mayMove && ticket.status === 'solved' && !ticket.archived && !written && (
          <Button variant="outlined" size="medium" disabled={busy} onClick={reopen}>
            {t('stoa.portal.reply.reopen')}
          </Button>
        )}
      </Box>
    </Frame>
  );
}

function Frame({ files, children }: { files?: Attaching; children: ReactNode }) {
  return (
    <Paper
      square
      elevation={0}
      sx={{
        position: 'sticky',
        bottom: 0,
        zIndex: 1,
        bgcolor: 'background.default',
        borderTop: 1,
        borderColor: 'divider',
        pt: 1.25,
        pb: 'max(10px, env(safe-area-inset-bottom))',
        mb: -2,
      }}
    >
      {files ? <DropZone files={files}>{children}</DropZone> : children}
    </Paper>
  );
}

function Hint() {
  const t = useTranslate();
  const [modifier, key] = sendKeys();
  return (
    <Typography variant="caption" color="textSecondary" sx={{ display: { xs: 'none', sm: 'block' } }}>
      <Kbd>{modifier}</Kbd> <Kbd>{key}</Kbd> {t('stoa.portal.reply.send_hint')}
    </Typography>
  );
}
