// The subject of a request, which its author may change while nobody works on it.
import EditOutlined from '@mui/icons-material/EditOutlined';
import { Box, Button, IconButton, TextField, Tooltip, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useNotify, useTranslate, useUpdate } from 'react-admin';
import { useErrorText } from '../components';
import type { Ticket } from '../types';
import { useRefresh } from './useRefresh';

/** The heading of the request. */
export function Subject({ ticket, mayChange }: { ticket: Ticket; mayChange: boolean }) {
  const t = useTranslate();
  const [changes, setChanges] = useState(false);
  if (changes && mayChange) return <SubjectField ticket={ticket} onDone={() => setChanges(false)} />;
  return (
    <Box sx={{ display: 'flex', alignItems: 'flex-start', gap: 0.5 }}>
      <Typography variant="h5" component="h2" sx={{ overflowWrap: 'anywhere', minWidth: 0 }}>
        {ticket.subject}
      </Typography>
      {mayChange && (
        <Tooltip title={t('stoa.portal.show.change_subject')}>
          <IconButton aria-label={t('stoa.portal.show.change_subject')} onClick={() => setChanges(true)}>
            <EditOutlined fontSize="small" />
          </IconButton>
        </Tooltip>
      )}
    </Box>
  );
}

function SubjectField({ ticket, onDone }: { ticket: Ticket; onDone: () => void }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const refresh = useRefresh(ticket.id);
  const [subject, setSubject] = useState(ticket.subject);
  const [update, { isPending }] = useUpdate<Ticket>();
  const ready = subject.trim() !== '' && !isPending;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    void update(
      'tickets',
      { id: ticket.id, data: { subject: subject.trim() }, previousData: ticket },
      {
        mutationMode: 'pessimistic',
        onSuccess: onDone,
        onSettled: refresh,
        onError: error => notify(errorText(error), { type: 'error' }),
      }
    );
  };
  return (
    <Box component="form" onSubmit={save} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      <TextField
        value={subject}
        onChange={event => setSubject(event.target.value)}
        onKeyDown={event => event.key === 'Escape' && onDone()}
        autoFocus
        sx={{ flex: 1, minWidth: 220 }}
        slotProps={{ htmlInput: { 'aria-label': t('stoa.portal.show.subject'), maxLength: 200 } }}
      />
      <Button type="submit" variant="contained" disabled={!ready}>
        {t('stoa.portal.correct.save')}
      </Button>
      <Button onClick={onDone}>{t('stoa.portal.correct.cancel')}</Button>
    </Box>
  );
}
