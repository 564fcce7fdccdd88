// The subject of the ticket, changed in its place.
import EditIcon from '@mui/icons-material/EditOutlined';
import { Box, Button, IconButton, Stack, TextField, Tooltip, Typography } from '@mui/material';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useTicketPage } from '../context';
import { useKey } from '../useKey';

function Editor({ onDone }: { onDone: () => void }) {
  const t = useTranslate();
  const { ticket, save, setEditing } = useTicketPage();
  const [base] = useState(ticket);
  const [text, setText] = useState(ticket.subject);
  useEffect(() => {
    setEditing(true);
    return () => setEditing(false);
  }, [setEditing]);
  const submit = async () => {
    const subject = text.trim();
    if (!subject) return;
    if (subject === base.subject || (await save({ subject }, base))) onDone();
  };
  return (
    <Box
      component="form"
      sx={{ display: 'flex', gap: 1, flex: 1, minWidth: 0 }}
      onSubmit={event => {
        event.preventDefault();
        void submit();
      }}
      onKeyDown={event => {
        if (event.key === 'Escape') onDone();
      }}
    >
      <TextField
        value={text}
        onChange={event => setText(event.target.value)}
        fullWidth
        autoFocus
        margin="none"
        onFocus={event => event.target.select()}
        slotProps={{ htmlInput: { 'aria-label': t('resources.tickets.fields.subject'), maxLength: 200 } }}
      />
      <Button type="submit" variant="contained" disabled={!text.trim()}>
        {t('ra.action.save')}
      </Button>
      <Button onClick={onDone}>{t('ra.action.cancel')}</Button>
    </Box>
  );
}

/** The heading of the page. */
export function SubjectLine() {
  const t = useTranslate();
  const { ticket, rights } = useTicketPage();
  const [editing, setEditing] = useState(false);
  const may = rights.edit.subject;
  useKey('e', () => setEditing(true), may);
  if (editing && may) return <Editor onDone={() => setEditing(false)} />;
  return (
    <Stack direction="row" sx={{ alignItems: 'center', gap: 0.5, minWidth: 0, flex: 1 }}>
      <Typography
        variant="h5"
        component="h2"
        title={ticket.subject}
        onDoubleClick={may ? () => setEditing(true) : undefined}
        sx={{
          minWidth: 0,
          overflow: 'hidden',
          display: '-webkit-box',
          WebkitLineClamp: 2,
          WebkitBoxOrient: 'vertical',
          overflowWrap: 'anywhere',
          lineHeight: 1.25,
        }}
      >
        {ticket.subject}
      </Typography>
      {may && (
        <Tooltip title={t('stoa.ticket.header.edit_subject')}>
          <IconButton aria-label={t('stoa.ticket.header.edit_subject')} onClick={() => setEditing(true)}>
            <EditIcon sx={{ fontSize: 16 }} />
          </IconButton>
        </Tooltip>
      )}
    </Stack>
  );
}
