// Whether automatic mail goes to an address.
import type { Tone } from '../components';
import type { EmailRecipient } from '../types';

export type RecipientStanding = 'suppressed' | 'capped' | 'free';

/** The longest time over which the server counts automatic mails to an address, in milliseconds. */
const COUNTED = 10 * 3_600_000;

/** How the address stands at the time `now`, in milliseconds. */
export function standingOf(
  { suppressed_until, capped_at }: Pick<EmailRecipient, 'suppressed_until' | 'capped_at'>,
  now: number
): RecipientStanding {
  if (suppressed_until && Date.parse(suppressed_until) > now) return 'suppressed';
  return capped_at && now - Date.parse(capped_at) < COUNTED ? 'capped' : 'free';
}

export const TONES: Record<RecipientStanding, Tone> = {
  suppressed: 'error',
  capped: 'warning',
  free: 'success',
};
