// The time in which two secrets of a webhook sign.
import type { Webhook } from '../types';

/** Until when two secrets sign at the time `now`, in milliseconds; undefined when it is one. */
export function overlapOf(hook: Pick<Webhook, 'previous_secret_until'>, now: number): string | undefined {
  const until = hook.previous_secret_until;
  return until && new Date(until).getTime() > now ? until : undefined;
}
