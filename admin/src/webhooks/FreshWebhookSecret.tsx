// The secret of a webhook, shown once: after it was made and after it was changed.
import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { FreshSecretDialog } from '../structure/FreshSecretDialog';

/** Shows the secret until it was taken along. */
export function FreshWebhookSecret({
  title,
  body,
  value,
  onClose,
}: {
  title: string;
  body: string;
  value: string | undefined;
  onClose: () => void;
}) {
  const t = useTranslate();
  return (
    <FreshSecretDialog
      title={title}
      body={body}
      label={t('stoa.integrations.webhooks.secret.label')}
      value={value ?? null}
      lost={t('stoa.integrations.webhooks.secret.lost')}
      onClose={onClose}
    >
      <Typography variant="body2" sx={{ mt: 2, color: 'text.secondary' }}>
        {t('stoa.integrations.webhooks.secret.use')}
      </Typography>
    </FreshSecretDialog>
  );
}
