// Who may correct which message, and until when.
import type { TicketMessage } from '../../../types';

/** How long authors may correct their messages. */
const CORRECTABLE_MS = 15 * 60_000;

/** Whether the reader may correct a message now; `reach` is how far the right goes. */
export function canCorrect(message: TicketMessage, me: string, reach: string | undefined, now: number): boolean {
  if (!reach || message.redacted_at || message.via === 'email') return false;
  if (reach === 'all') return true;
  return message.author_id === me && now - Date.parse(message.created_at) < CORRECTABLE_MS;
}

/** Whole minutes that are left to correct an own message; none when there is no limit. */
export function minutesLeft(message: TicketMessage, reach: string | undefined, now: number): number | undefined {
  if (reach === 'all') return undefined;
  return Math.max(1, Math.ceil((Date.parse(message.created_at) + CORRECTABLE_MS - now) / 60_000));
}
