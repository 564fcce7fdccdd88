// A key, shown once: after it was made and after it was rotated.
import { Alert, DialogContentText, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { OnceDialog } from '../structure/OnceDialog';
import { SecretValue } from '../structure/SecretValue';

function Shown({ body, value }: { body: string; value: string }) {
  const t = useTranslate();
  return (
    <>
      <DialogContentText sx={{ mb: 2 }}>{body}</DialogContentText>
      <SecretValue label={t('stoa.apiKeys.key')} text={value} />
      <Alert severity="warning" sx={{ mt: 2 }}>
        {t('stoa.apiKeys.once')}
      </Alert>
      <Typography variant="body2" sx={{ mt: 2, color: 'text.secondary' }}>
        {t('stoa.apiKeys.use')}
      </Typography>
      <Typography
        component="code"
        variant="body2"
        sx={{ display: 'block', fontFamily: 'ui-monospace, "Liberation Mono", monospace', overflowWrap: 'anywhere' }}
      >
        Authorization: Bearer {t('stoa.apiKeys.placeholder')}
      </Typography>
    </>
  );
}

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
    <OnceDialog
      title={title}
      taken={t(value === null ? 'ra.action.close' : 'stoa.apiKeys.taken')}
      onClose={onClose}
    >
      {value === null ? <Alert severity="error">{t('stoa.apiKeys.lost')}</Alert> : <Shown body={body} value={value} />}
    </OnceDialog>
  );
}
