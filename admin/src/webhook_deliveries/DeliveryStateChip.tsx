// How a delivery stands, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip, type Tone } from '../components';
import type { WebhookDelivery } from '../types';
import { deliveryStanding, type DeliveryStanding } from './standing';

const TONES: Record<DeliveryStanding, Tone> = {
  pending: 'info',
  retrying: 'warning',
  queued: 'default',
  delivered: 'success',
  failed: 'error',
  cancelled: 'default',
};

/** Waiting, delivered, failed, and so on; what it means is in the tooltip. */
export function DeliveryStateChip({ delivery }: { delivery: WebhookDelivery }) {
  const t = useTranslate();
  const standing = deliveryStanding(delivery);
  const label =
    standing === 'retrying' || standing === 'queued'
      ? t(`stoa.integrations.deliveries.${standing}`)
      : t(`stoa.integrations.deliveries.state.${standing}`);
  return (
    <ToneChip
      tone={TONES[standing]}
      label={label}
      why={t(`stoa.integrations.deliveries.told.${standing}`)}
    />
  );
}
