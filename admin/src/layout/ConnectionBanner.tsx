// Tells that the server cannot be reached; what was typed stays, and pages go on when it is back.
import { Alert, LinearProgress } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useConnection } from '../api/connection';

/** A line at the top while the server does not answer. */
export function ConnectionBanner() {
  const t = useTranslate();
  if (useConnection() === 'online') return null;
  return (
    <Alert severity="error" variant="outlined" role="alert" sx={{ mt: 1, bgcolor: 'background.paper' }}>
      {t('stoa.layout.offline')}
      <LinearProgress color="error" sx={{ mt: 0.5, maxWidth: 240 }} aria-label={t('stoa.layout.trying')} />
    </Alert>
  );
}
