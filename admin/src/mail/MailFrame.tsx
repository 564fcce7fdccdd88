// The HTML of a mail, in a frame in which nothing runs.
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import { framed } from './framed';

/** Shows the HTML as mail programs do: on white, whatever the look of the dashboard. `stale`: it is not what is written now. */
export function MailFrame({ html, height = 380, stale = false }: { html: string; height?: number; stale?: boolean }) {
  const t = useTranslate();
  return (
    <Box
      component="iframe"
      // No word in it: no scripts, no forms, no pop-ups, an origin of its own.
      sandbox=""
      srcDoc={framed(html)}
      title={t('stoa.mail.frame')}
      referrerPolicy="no-referrer"
      sx={{
        display: 'block',
        width: '100%',
        height,
        minHeight: 160,
        resize: 'vertical',
        border: 1,
        borderColor: 'divider',
        borderRadius: 1,
        bgcolor: '#fff',
        colorScheme: 'light',
        opacity: stale ? 0.45 : 1,
      }}
    />
  );
}
