// One message of the conversation: own ones at the right, those of others at the left.
import EditOutlined from '@mui/icons-material/EditOutlined';
import { Box, Button, Typography } from '@mui/material';
import { alpha } from '@mui/material/styles';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { PersonAvatar, TimeAgo } from '../components';
import { MailParts } from '../mail/MailParts';
import type { TicketMessage } from '../types';
import { Correction } from './Correction';
import { MessageText } from './MessageText';
import { CORRECTABLE } from './words';

interface MessageProps {
  message: TicketMessage;
  own: boolean;
  /** The request takes corrections still. */
  writable: boolean;
}

/** A message with who wrote it and when. */
export function Message({ message, own, writable }: MessageProps) {
  const t = useTranslate();
  const [corrects, setCorrects] = useState(false);
  const fresh = useFresh(message);
  const mayCorrect = useMay('ticket_messages.body', 'edit') && own && writable && fresh && !message.redacted_at;
  const notes = [
    message.edited_at && !message.redacted_at && t('stoa.portal.show.corrected'),
    message.is_auto_response && t('stoa.portal.show.automatic'),
  ].filter(Boolean);
  return (
    <Box
      component="li"
      sx={{ display: 'flex', gap: 1, flexDirection: own ? 'row-reverse' : 'row', alignItems: 'flex-start', mb: 1.5 }}
    >
      <Box sx={{ pt: 2.75, display: { xs: 'none', sm: 'block' } }}>
        <PersonAvatar name={message.author_name} size={30} />
      </Box>
      <Box sx={{ maxWidth: { xs: '92%', sm: '80%' }, minWidth: 0, ...(corrects && { width: '100%' }) }}>
        <Typography
          variant="body2"
          color="textSecondary"
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            columnGap: 0.75,
            justifyContent: own ? 'flex-end' : 'flex-start',
            mb: 0.25,
          }}
        >
          <Box component="span" sx={{ fontWeight: 600, color: 'text.primary' }}>
            {own ? t('stoa.portal.show.you') : message.author_name}
          </Box>
          {message.author_is_staff && <span>{t('stoa.portal.show.team')}</span>}
          <TimeAgo value={message.created_at} />
          {notes.map(note => (
            <span key={String(note)}>({note})</span>
          ))}
        </Typography>
        <Box
          sx={theme => ({
            px: 1.5,
            py: 1.25,
            borderRadius: 2,
            border: 1,
            fontSize: '0.95rem',
            lineHeight: 1.5,
            ...(own
              ? {
                  bgcolor: alpha(theme.palette.primary.main, theme.palette.mode === 'dark' ? 0.16 : 0.08),
                  borderColor: alpha(theme.palette.primary.main, 0.25),
                }
              : { bgcolor: 'background.paper', borderColor: 'divider' }),
          })}
        >
          {corrects ? (
            <Correction message={message} onDone={() => setCorrects(false)} />
          ) : message.redacted_at ? (
            <Box component="em" sx={{ color: 'text.secondary' }}>
              {t('stoa.portal.show.redacted')}
            </Box>
          ) : (
            <MessageText body={message.body} html={message.body_html} />
          )}
          <MailParts message={message} />
        </Box>
        {mayCorrect && !corrects && (
          <Box sx={{ textAlign: 'right' }}>
            <Button size="small" startIcon={<EditOutlined />} onClick={() => setCorrects(true)}>
              {t('stoa.portal.correct.action')}
            </Button>
          </Box>
        )}
      </Box>
    </Box>
  );
}

/** Whether the message may be corrected still; it turns false by itself. */
function useFresh(message: TicketMessage): boolean {
  const until = Date.parse(message.created_at) + CORRECTABLE;
  const [fresh, setFresh] = useState(() => Date.now() < until);
  useEffect(() => {
    const left = until - Date.now();
    setFresh(left > 0);
    if (left <= 0) return;
    const timer = setTimeout(() => setFresh(false), left);
    return () => clearTimeout(timer);
  }, [until]);
  return fresh;
}
