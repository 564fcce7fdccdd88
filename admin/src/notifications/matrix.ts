// What can be chosen about notifications: events in groups, and relations to a ticket.
import type { NotificationMatrix, NotifyWhen, Role } from '../types';

/** How a person is related to a ticket. */
export type Relation = keyof NotifyWhen;

/** Events that belong together. */
export interface EventGroup {
  name: 'messages' | 'work' | 'order';
  events: string[];
}

const GROUPS: EventGroup[] = [
  { name: 'messages', events: ['message_added', 'message_edited', 'message_redacted'] },
  {
    name: 'work',
    events: [
      'ticket_created',
      'ticket_assigned',
      'ticket_unassignable',
      'ticket_status_changed',
      'ticket_updated',
      'ticket_followers_changed',
    ],
  },
  {
    name: 'order',
    events: [
      'ticket_merged',
      'ticket_unmerged',
      'ticket_split',
      'ticket_spam',
      'ticket_archived',
      'ticket_unarchived',
      'ticket_restored',
    ],
  },
];

/** Clients hear of public events only; the rest would be switches without effect. */
const CLIENT_EVENTS = [
  'message_added',
  'ticket_status_changed',
  'ticket_created',
  'message_edited',
  'message_redacted',
];

/** The events that the server knows, in groups; those that came later stand in the last one. Clients have one group. */
export function groupsFor(role: Role, matrix: NotificationMatrix): EventGroup[] {
  if (role === 'client') return [{ name: 'messages', events: CLIENT_EVENTS.filter(event => event in matrix) }];
  const known = new Set(GROUPS.flatMap(group => group.events));
  const later = Object.keys(matrix).filter(event => !known.has(event));
  return GROUPS.map(group => ({
    name: group.name,
    events: [...group.events, ...(group.name === 'order' ? later : [])].filter(event => event in matrix),
  })).filter(group => group.events.length > 0);
}

/** The relations that a role can have. */
export function relationsFor(role: Role): Relation[] {
  return role === 'client' ? ['mine'] : ['mine', 'followed', 'unassigned_in_department'];
}

/** Whether two choices are the same. */
export function sameMatrix(one: NotificationMatrix, other: NotificationMatrix): boolean {
  const relations: Relation[] = ['mine', 'followed', 'unassigned_in_department'];
  return Object.keys({ ...one, ...other }).every(event =>
    relations.every(relation => one[event]?.[relation] === other[event]?.[relation])
  );
}

/** The choice with one switch set. */
export function withSwitch(
  matrix: NotificationMatrix,
  event: string,
  relation: Relation,
  on: boolean
): NotificationMatrix {
  const row = matrix[event] ?? { mine: false, followed: false, unassigned_in_department: false };
  return { ...matrix, [event]: { ...row, [relation]: on } };
}
