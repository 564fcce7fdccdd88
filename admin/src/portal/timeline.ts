// The conversation of a request as clients read it: messages, and between them how its standing changed.
import type { Status, TicketEvent, TicketMessage } from '../types';
import { standing, type Standing } from './words';

/** One entry, oldest first. */
export type Entry =
  | { kind: 'message'; id: string; message: TicketMessage }
  | { kind: 'standing'; id: string; at: string; to: Standing };

/** Events as clients see them. */
export type SeenEvent = Pick<TicketEvent, 'id' | 'changes' | 'created_at'>;

function newStanding(event: SeenEvent): Standing | undefined {
  const change = event.changes?.find(one => one.field === 'status');
  if (!change || typeof change.from !== 'string' || typeof change.to !== 'string') return undefined;
  const [from, to] = [standing(change.from as Status), standing(change.to as Status)];
  return from === to ? undefined : to;
}

/**
 * Puts messages and changes into the order of time. Changes older than the first message are left out while there
 * are earlier messages still to be shown (`whole` is false).
 */
export function timeline(messages: readonly TicketMessage[], events: readonly SeenEvent[], whole: boolean): Entry[] {
  const seen = new Set<string>();
  const entries: (Entry & { time: number })[] = [];
  for (const message of messages) {
    // A message that came between two pages is on both.
    if (seen.has(message.id)) continue;
    seen.add(message.id);
    entries.push({ kind: 'message', id: message.id, message, time: Date.parse(message.created_at) });
  }
  const first = Math.min(...entries.map(entry => entry.time));
  for (const event of events) {
    const to = newStanding(event);
    const time = Date.parse(event.created_at);
    if (!to || (!whole && time < first)) continue;
    entries.push({ kind: 'standing', id: event.id, at: event.created_at, to, time });
  }
  // The message that brought a change about comes before it.
  const rank = (entry: Entry) => (entry.kind === 'message' ? 0 : 1);
  return entries.sort((one, other) => one.time - other.time || rank(one) - rank(other));
}
