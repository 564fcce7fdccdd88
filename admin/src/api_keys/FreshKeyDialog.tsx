// A key, shown once: after it was made and after it was rotated.
import { Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { FreshSecretDialog } from '../structure/FreshSecretDialog';
import { MONO } from '../theme';

/** Shows the key until it was taken along. */
export function FreshKeyDialog({
  title,
  body,
  value,
  onClose,
}: {
  title: string;
  body: string;
  value: string | null;
  onClose: () => void;
}) {
  const t = useTranslate();
  return (
    <FreshSecretDialog
      title={title}
      body={body}
      label={t('stoa.apiKeys.key')}
      value={value}
      lost={t('stoa.apiKeys.lost')}
      onClose={onClose}
    >
      <Typography variant="body2" sx={{ mt: 2, color: 'text.secondary' }}>
        {t('stoa.apiKeys.use')}
      </Typography>
      <Typography
        component="code"
        variant="body2"
        sx={{ display: 'block', fontFamily: MONO, overflowWrap: 'anywhere' }}
      >
        Authorization: Bearer {t('stoa.apiKeys.placeholder')}
      </Typography>
    </FreshSecretDialog>
  );
}
