// How far an outgoing mail has come, and what can still be done with it.
import type { OutboundEmail, OutboundState } from '../types';
import type { Tone } from '../components';

type Standing = Pick<OutboundEmail, 'state' | 'delivery'>;

/** Its state as people mean it: a mail that a server took and another one sent back did not arrive. */
export function standingOf({ state, delivery }: Standing): OutboundState {
  return state === 'sent' && delivery === 'bounced' ? 'bounced' : state;
}

/** Whether the server sends it again when asked. */
export function canRetry({ state }: Standing): boolean {
  return state === 'failed' || state === 'kept' || state === 'bounced';
}

export const TONES: Record<OutboundState, Tone> = {
  queued: 'info',
  sent: 'success',
  failed: 'error',
  kept: 'warning',
  dropped: 'default',
  bounced: 'error',
};
