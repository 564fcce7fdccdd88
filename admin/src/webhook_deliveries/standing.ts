// How a delivery stands, and when to look again.
import type { WebhookDelivery } from '../types';

export type DeliveryStanding = 'pending' | 'retrying' | 'queued' | 'delivered' | 'failed' | 'cancelled';

/** Milliseconds between two looks while something is about to happen, and while nothing is. */
const BUSY = 3_000;
const QUIET = 10_000;

type Told = Pick<WebhookDelivery, 'state' | 'attempts' | 'next_at'>;

/** On its way, tried again, or behind an earlier event of the ticket; else how it ended. */
export function deliveryStanding(delivery: Told): DeliveryStanding {
  if (delivery.state !== 'pending') return delivery.state;
  if (!delivery.next_at) return 'queued';
  return delivery.attempts > 0 ? 'retrying' : 'pending';
}

/** Whether it can be sent once more: only what is not under way. */
export function canReplay(delivery: Pick<WebhookDelivery, 'state'>): boolean {
  return delivery.state !== 'pending';
}

/** When to look at deliveries again. */
export function deliveriesRefresh(deliveries: Pick<WebhookDelivery, 'state'>[] | undefined): number {
  return deliveries?.some(one => one.state === 'pending') ? BUSY : QUIET;
}

/** When to look at one again: what has ended changes no more. */
export function deliveryRefresh(delivery: Pick<WebhookDelivery, 'state'> | undefined): number | false {
  return delivery?.state === 'pending' ? BUSY : false;
}
