// How a key stands, and how it is shown without its secret.
import type { ApiKey } from '../types';

export type KeyStatus = 'active' | 'ending' | 'expired' | 'revoked';

/** Keys that end within this time are worth a look, in milliseconds. */
const SOON = 14 * 86_400_000;

/** Where the key stands at the time `now`, in milliseconds. */
export function statusOf(key: Pick<ApiKey, 'revoked_at' | 'expires_at'>, now: number): KeyStatus {
  if (key.revoked_at) return 'revoked';
  const left = new Date(key.expires_at).getTime() - now;
  if (left <= 0) return 'expired';
  return left <= SOON ? 'ending' : 'active';
}

/** Whether the key can be used at all. */
export function isLive(key: Pick<ApiKey, 'revoked_at' | 'expires_at'>, now: number): boolean {
  return ['active', 'ending'].includes(statusOf(key, now));
}

/** Whether the secret before the last rotation is still good. */
export function isOverlapping(key: Pick<ApiKey, 'revoked_at' | 'expires_at' | 'former_until'>, now: number): boolean {
  return isLive(key, now) && Boolean(key.former_until && new Date(key.former_until).getTime() > now);
}

/** What can be shown of a key. */
export function masked(key: Pick<ApiKey, 'prefix' | 'last_four'>): string {
  return `${key.prefix}…${key.last_four}`;
}
