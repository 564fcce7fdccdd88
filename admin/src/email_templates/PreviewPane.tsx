// Beside the texts of a template: the mail that they make.
import { Alert, Box, LinearProgress, Skeleton, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { useErrorText } from '../components';
import { MailView } from '../mail/MailView';
import { TicketSelect } from '../mail/TicketSelect';
import type { usePreview } from './usePreview';

/** The preview, and with the values of which ticket. */
export function PreviewPane({
  preview,
  ticket,
  onTicket,
}: {
  preview: ReturnType<typeof usePreview>;
  ticket: string | null;
  onTicket: (id: string | null) => void;
}) {
  const t = useTranslate();
  const errorText = useErrorText();
  const tickets = useMay('tickets', 'list');
  const { mail, faults, error, busy } = preview;
  const broken = faults.length > 0 || error !== undefined;
  return (
    <Box
      component="section"
      aria-label={t('stoa.emailTemplates.preview.title')}
      // Enter chooses a ticket here; it does not save the form around.
      onKeyDown={event => {
        if (event.key === 'Enter' && event.target instanceof HTMLInputElement) event.preventDefault();
      }}
      sx={{ minWidth: 0, alignSelf: 'start', position: { lg: 'sticky' }, top: { lg: 56 } }}
    >
      <Typography variant="h6" component="h2">
        {t('stoa.emailTemplates.preview.title')}
      </Typography>
      {tickets && (
        <Box sx={{ my: 1 }}>
          <TicketSelect value={ticket} onChange={onTicket} label={t('stoa.emailTemplates.preview.with')} />
          <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 0.25, minHeight: 20 }}>
            {ticket ? '' : t('stoa.emailTemplates.preview.samples')}
          </Typography>
        </Box>
      )}
      <Box sx={{ height: 4, mb: 0.5 }}>
        {busy && <LinearProgress aria-label={t('stoa.emailTemplates.preview.working')} />}
      </Box>
      {broken && (
        <Alert severity="error" sx={{ mb: 1 }}>
          {faults.length ? t('stoa.emailTemplates.preview.stale') : errorText(error)}
        </Alert>
      )}
      {mail ? <MailView mail={mail} height={420} stale={broken} /> : !broken && <Skeleton variant="rounded" height={480} />}
    </Box>
  );
}
