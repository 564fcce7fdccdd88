// How a connection to another program fares, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip, type Tone } from '../components';
import type { Connected } from '../types';
import { healthOf, type Health } from './health';

const TONES: Record<Health, Tone> = {
  disabled: 'error',
  off: 'default',
  failing: 'warning',
  fine: 'success',
  unused: 'info',
};

/** Works, failing, off; `why` says why the server switched it off. */
export function HealthChip({ of, why }: { of: Connected; why?: string }) {
  const t = useTranslate();
  const health = healthOf(of);
  return (
    <ToneChip
      tone={TONES[health]}
      label={t(`stoa.integrations.health.${health}`)}
      why={health === 'disabled' ? (why ?? '') : ''}
    />
  );
}
