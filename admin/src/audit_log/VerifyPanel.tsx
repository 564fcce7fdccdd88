// Checks that nobody changed or removed an entry of the audit log.
import GppGoodOutlinedIcon from '@mui/icons-material/GppGoodOutlined';
import { Alert, Box, Button, Card, LinearProgress, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { useErrorText } from '../components';
import { CopyValue } from '../structure/CopyValue';
import { useVerification, type Verification } from './useVerification';

function Result({ result }: { result: Verification }) {
  const t = useTranslate();
  const errorText = useErrorText();
  switch (result.state) {
    case 'running':
      return (
        <Box sx={{ mt: 1 }}>
          <LinearProgress
            aria-label={t('stoa.auditLog.verify.running')}
            variant={result.total ? 'determinate' : 'indeterminate'}
            value={result.total ? (100 * result.checked) / result.total : undefined}
          />
          <Typography variant="body2" sx={{ mt: 0.5, color: 'text.secondary' }} aria-live="polite">
            {t('stoa.auditLog.verify.progress', { checked: result.checked, total: result.total || '…' })}
          </Typography>
        </Box>
      );
    case 'sound':
      return (
        <Box sx={{ mt: 1 }}>
          <Alert severity="success" sx={{ mb: 1.5 }}>
            {t('stoa.auditLog.verify.sound', { smart_count: result.checked })}
          </Alert>
          {result.lastHash && (
            <CopyValue label={t('stoa.auditLog.verify.hash', { seq: result.total })} value={result.lastHash} />
          )}
          <Typography variant="body2" sx={{ mt: 0.5, color: 'text.secondary' }}>
            {t('stoa.auditLog.verify.keep')}
          </Typography>
        </Box>
      );
    case 'broken':
      return (
        <Alert severity="error" sx={{ mt: 1 }}>
          <strong>
            {t(`stoa.auditLog.verify.fault.${result.fault ?? 'altered'}`, { seq: result.brokenAt ?? '?' })}
          </strong>{' '}
          {t('stoa.auditLog.verify.broken', { smart_count: result.checked })}
        </Alert>
      );
    case 'failed':
      return (
        <Alert severity="warning" sx={{ mt: 1 }}>
          {errorText(result.error)}
        </Alert>
      );
    default:
      return null;
  }
}

/** A line with a button; the result below it. */
export function VerifyPanel() {
  const t = useTranslate();
  const { result, start, stop } = useVerification();
  const running = result.state === 'running';
  return (
    <Card component="section" aria-label={t('stoa.auditLog.verify.title')} sx={{ mb: 1, px: 1.5, py: 1 }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center' }}>
        <GppGoodOutlinedIcon color="action" aria-hidden />
        <Typography variant="body2" sx={{ flex: 1, color: 'text.secondary' }}>
          {t('stoa.auditLog.verify.body')}
        </Typography>
        <Button variant="outlined" onClick={() => (running ? stop() : void start())} sx={{ whiteSpace: 'nowrap' }}>
          {t(running ? 'ra.action.cancel' : 'stoa.auditLog.verify.action')}
        </Button>
      </Stack>
      <Result result={result} />
    </Card>
  );
}
