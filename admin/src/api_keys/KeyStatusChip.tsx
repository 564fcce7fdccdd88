// How a key stands, as a small label.
import { Chip, Stack, Tooltip } from '@mui/material';
import { useTranslate } from 'react-admin';
import { formatDateTime } from '../components';
import type { ApiKey } from '../types';
import { isOverlapping, statusOf, type KeyStatus } from './status';

const COLOUR: Record<KeyStatus, 'success' | 'warning' | 'error' | 'default'> = {
  active: 'success',
  ending: 'warning',
  expired: 'default',
  revoked: 'error',
};

/** Active, ending soon, over, revoked; and whether an older secret is still good. */
export function KeyStatusChip({ apiKey }: { apiKey: ApiKey }) {
  const t = useTranslate();
  const now = Date.now();
  const status = statusOf(apiKey, now);
  return (
    <Stack direction="row" component="span" sx={{ gap: 0.5, display: 'inline-flex', flexWrap: 'wrap' }}>
      <Chip
        component="span"
        label={t(`stoa.apiKeys.status.${status}`)}
        color={COLOUR[status]}
        variant="outlined"
        sx={{ height: 20 }}
      />
      {isOverlapping(apiKey, now) && (
        <Tooltip title={t('stoa.apiKeys.overlapUntil', { when: formatDateTime(apiKey.former_until) })}>
          <Chip component="span" label={t('stoa.apiKeys.overlap')} color="info" variant="outlined" sx={{ height: 20 }} />
        </Tooltip>
      )}
    </Stack>
  );
}
