// How a connection to another program fares.
import type { Connected } from '../types';

export type Health = 'disabled' | 'off' | 'failing' | 'fine' | 'unused';

/** Switched off by the server or by people, failing, fine, or never used. */
export function healthOf(
  one: Pick<Connected, 'is_active' | 'disabled_reason' | 'failures' | 'last_ok_at'>,
): Health {
  if (!one.is_active) return one.disabled_reason ? 'disabled' : 'off';
  if (one.failures > 0) return 'failing';
  return one.last_ok_at ? 'fine' : 'unused';
}
