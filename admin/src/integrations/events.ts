// What other programs can be told of, in groups; in line with the server's own list, which decides.

/** Events by group, in the order in which they are offered. */
export const EVENT_GROUPS: Record<string, string[]> = {
  tickets: [
    'ticket.created',
    'ticket.updated',
    'ticket.status_changed',
    'ticket.assigned',
    'ticket.unassignable',
    'ticket.followers_changed',
  ],
  messages: ['message.added', 'message.edited', 'message.redacted'],
  order: [
    'ticket.archived',
    'ticket.unarchived',
    'ticket.deleted',
    'ticket.restored',
    'ticket.merged',
    'ticket.unmerged',
    'ticket.split',
    'ticket.spam',
  ],
  mail: ['message.bounced', 'message.auto_response', 'ticket.loop_suppressed'],
};

/** Every event, in that order. */
export const EVENTS = Object.values(EVENT_GROUPS).flat();

/** Adds or takes away events; they keep the order in which they are offered. */
export function withEvents(chosen: string[], events: string[], on: boolean): string[] {
  const next = new Set(chosen);
  for (const event of events) {
    if (on) next.add(event);
    else next.delete(event);
  }
  return [...EVENTS.filter(event => next.has(event)), ...[...next].filter(event => !EVENTS.includes(event))];
}

/** The key of an event's words. */
export function eventKey(event: string): string {
  return `stoa.integrations.events.${event.replace('.', '_')}`;
}
