// Which messages came in after somebody began to write.
import type { TicketMessage } from '../../../types';

/** Messages of others that are newer than `since`; without it nothing is known, and nothing is newer. */
export function newerThan(messages: TicketMessage[], since: string | null, me: string): TicketMessage[] {
  if (since === null) return [];
  return messages.filter(message => message.author_id !== me && message.created_at > since);
}
