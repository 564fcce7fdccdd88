// How a key stands, as a small label.
import { Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import { ToneChip, formatDateTime, type Tone } from '../components';
import type { ApiKey } from '../types';
import { isOverlapping, statusOf, type KeyStatus } from './status';

const TONES: Record<KeyStatus, Tone> = {
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
      <ToneChip tone={TONES[status]} label={t(`stoa.apiKeys.status.${status}`)} />
      {isOverlapping(apiKey, now) && (
        <ToneChip
          tone="info"
          label={t('stoa.apiKeys.overlap')}
          why={t('stoa.apiKeys.overlapUntil', { when: formatDateTime(apiKey.former_until) })}
        />
      )}
    </Stack>
  );
}
