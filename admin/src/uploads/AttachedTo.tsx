// The ticket whose message carries a file.
import { Box, Tooltip } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Named } from '../audit_log/RecordOf';
import { useMay } from '../api/permissions';
import { formatAgo, formatDateTime } from '../components';
import type { Upload } from '../types';
import { useTicketOf } from './useTicketOf';

/** A link to the ticket; until when it is kept where no message carries it. */
export function AttachedTo({ upload }: { upload: Upload }) {
  const t = useTranslate();
  const opens = useMay('tickets', 'show');
  const ticket = useTicketOf(upload.link?.id);
  if (ticket) {
    return (
      <Box sx={{ maxWidth: 280, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>
        <Named resource="tickets" id={ticket} opens={opens} />
      </Box>
    );
  }
  const until = upload.expires_at;
  if (upload.link || !until) {
    return (
      <Box component="span" sx={{ color: 'text.secondary' }}>
        {upload.link ? t('stoa.uploads.message') : '–'}
      </Box>
    );
  }
  const when = formatAgo(Date.parse(until), Date.now());
  return (
    <Tooltip title={formatDateTime(until)}>
      <Box component="time" dateTime={until} sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {t('stoa.uploads.goes', { when })}
      </Box>
    </Tooltip>
  );
}
