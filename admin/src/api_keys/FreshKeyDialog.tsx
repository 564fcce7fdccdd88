// A key, shown once: after it was made and after it was rotated.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Typography } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
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
  const id = useId();
  return (
    // No way out by a stray click: the key cannot be shown again.
    <Dialog open maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>
        {value === null ? (
          <Alert severity="error">{t('stoa.apiKeys.lost')}</Alert>
        ) : (
          <Shown body={body} value={value} />
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t(value === null ? 'ra.action.close' : 'stoa.apiKeys.taken')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
