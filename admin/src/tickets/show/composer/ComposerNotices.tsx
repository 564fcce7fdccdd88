// What the writer should know before sending: a restored text, newer messages, a failed try.
import { Alert, Button } from '@mui/material';
import { useTranslate } from 'react-admin';

/** Lines between the choice of kind and the text. */
export function ComposerNotices({
  restored,
  newer,
  failure,
  onDiscard,
  onRead,
}: {
  restored: boolean;
  newer: number;
  failure: string | null;
  onDiscard: () => void;
  onRead: () => void;
}) {
  const t = useTranslate();
  const look = { py: 0, mb: 0.5, alignItems: 'center', '& .MuiAlert-action': { pt: 0 } };
  return (
    <>
      {restored && (
        <Alert
          severity="info"
          sx={look}
          action={
            <Button color="inherit" onClick={onDiscard}>
              {t('stoa.ticket.composer.discard')}
            </Button>
          }
        >
          {t('stoa.ticket.composer.restored')}
        </Alert>
      )}
      {newer > 0 && (
        <Alert
          severity="warning"
          sx={look}
          action={
            <Button color="inherit" onClick={onRead}>
              {t('stoa.ticket.composer.read')}
            </Button>
          }
        >
          {t('stoa.ticket.composer.newer', { smart_count: newer })}
        </Alert>
      )}
      {failure && (
        <Alert severity="error" sx={look} role="alert">
          {t('stoa.ticket.composer.failed', { reason: failure })}
        </Alert>
      )}
    </>
  );
}
