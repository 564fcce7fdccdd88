// Turns events of a ticket into sentences.
import type { Change, TicketEvent } from '../../../types';

/** Words and names: a translation, the name of a record, a time, the name of a field. */
export interface Words {
  t: (key: string, options?: Record<string, unknown>) => string;
  name: (resource: NamedResource, id: string) => string;
  time: (value: string) => string;
  field: (name: string) => string;
}

/** Resources whose records are called by name in sentences. */
export type NamedResource = 'users' | 'departments' | 'categories' | 'tags' | 'tickets';

const RESOURCE: Record<string, NamedResource> = {
  assignee_id: 'users',
  requester_id: 'users',
  cc_ids: 'users',
  follower_ids: 'users',
  department_id: 'departments',
  category_id: 'categories',
  tag_ids: 'tags',
  merged_into: 'tickets',
  follow_up_of: 'tickets',
  split_from: 'tickets',
};
const KEY = 'stoa.ticket.history.';

/** The ids that a sentence about the event will name, by resource. */
export function namesIn(events: TicketEvent[]): Record<NamedResource, string[]> {
  const found: Record<NamedResource, Set<string>> = {
    users: new Set(),
    departments: new Set(),
    categories: new Set(),
    tags: new Set(),
    tickets: new Set(),
  };
  for (const event of events) {
    if (event.kind === 'ticket.created') continue;
    for (const { field, from, to } of event.changes ?? []) {
      const resource = RESOURCE[field];
      if (resource) for (const id of [...list(from), ...list(to)]) found[resource].add(id);
    }
  }
  return Object.fromEntries(Object.entries(found).map(([name, ids]) => [name, [...ids]])) as Record<
    NamedResource,
    string[]
  >;
}

/** What happened, as clauses that follow the name of whoever did it. */
export function describe(event: TicketEvent, words: Words): string[] {
  const { t } = words;
  const changes = event.changes ?? [];
  const only = (...fields: string[]) => changes.filter(change => fields.includes(change.field));
  const tell = (some: Change[]) => some.flatMap(change => clausesOf(change, words, event.actor_id));
  const isNote = event.visibility === 'private';
  switch (event.kind) {
    case 'ticket.created': {
      const from = changes.find(change => change.field === 'split_from' || change.field === 'follow_up_of');
      return [t(`${KEY}created`), ...(from?.to ? clausesOf({ ...from, from: null }, words) : [])];
    }
    case 'message.added': {
      // That an archived ticket comes back has an event of its own.
      const rest = changes.filter(change => change.field !== 'archived');
      return [t(`${KEY}${isNote ? 'noted' : 'replied'}`), ...tell(rest)];
    }
    case 'message.edited':
    case 'message.redacted':
    case 'message.auto_response':
    case 'message.bounced':
      return [t(`${KEY}${event.kind.replace('.', '_')}`)];
    case 'ticket.assigned':
      // The step of status that an assignment brings has an event of its own.
      return tell(only('assignee_id', 'department_id'));
    case 'ticket.status_changed': {
      const released = changes.filter(change => change.field === 'assignee_id' && !change.to);
      return [...(event.message_id ? [t(`${KEY}replied`)] : []), ...tell([...only('status', 'wake_at'), ...released])];
    }
    case 'ticket.merged': {
      const target = changes.find(change => change.field === 'merged_into');
      return target?.to ? clausesOf(target, words) : [t(`${KEY}merged_here`)];
    }
    case 'ticket.followers_changed':
    case 'ticket.updated':
      return tell(changes);
    case 'ticket.unassignable':
    case 'ticket.archived':
    case 'ticket.unarchived':
    case 'ticket.deleted':
    case 'ticket.restored':
    case 'ticket.unmerged':
    case 'ticket.split':
    case 'ticket.spam':
    case 'ticket.loop_suppressed':
      return [t(`${KEY}${event.kind.slice('ticket.'.length)}`)];
    default:
      return tell(changes);
  }
}

function clausesOf({ field, from, to }: Change, words: Words, actor: string | null = null): string[] {
  const { t } = words;
  const call = (id: unknown) => {
    const resource = RESOURCE[field];
    return resource ? words.name(resource, String(id)) : String(id);
  };
  switch (field) {
    case 'assignee_id':
      if (!to) return [t(`${KEY}unassigned`, { name: call(from) })];
      if (to === actor) return [t(from ? `${KEY}taken_over` : `${KEY}taken`, { from: from ? call(from) : '' })];
      if (!from) return [t(`${KEY}assigned`, { name: call(to) })];
      return [t(`${KEY}reassigned`, { name: call(to), from: call(from) })];
    case 'department_id':
      return [to ? t(`${KEY}moved`, { name: call(to) }) : t(`${KEY}moved_out`, { name: call(from) })];
    case 'wake_at':
      return to ? [t(`${KEY}wakes`, { time: words.time(String(to)) })] : [];
    case 'merged_into':
      return to ? [t(`${KEY}merged_into`, { name: call(to) })] : [];
    case 'split_from':
    case 'follow_up_of':
      return to ? [t(`${KEY}${field}`, { name: call(to) })] : [];
    case 'tag_ids':
    case 'cc_ids':
    case 'follower_ids':
      return listClauses(field, list(from), list(to), call, words, actor);
    default: {
      // Within a sentence, not at its begin.
      const name = words.field(field).toLocaleLowerCase();
      if (isEmpty(to)) return [t(`${KEY}emptied`, { field: name })];
      const options = { field: name, from: value(field, from, call, words), to: value(field, to, call, words) };
      return [t(isEmpty(from) ? `${KEY}set` : `${KEY}changed`, options)];
    }
  }
}

function listClauses(
  field: string,
  from: string[],
  to: string[],
  call: (id: string) => string,
  { t }: Words,
  actor: string | null
): string[] {
  const came = to.filter(id => !from.includes(id));
  const left = from.filter(id => !to.includes(id));
  if (field === 'follower_ids' && came.concat(left).join() === actor) {
    return [t(`${KEY}${came.length ? 'followed' : 'unfollowed'}`)];
  }
  const added = came.map(call);
  const removed = left.map(call);
  const clause = (what: string, names: string[]) =>
    names.length ? [t(`${KEY}${field}_${what}`, { names: names.join(', '), smart_count: names.length })] : [];
  return [...clause('added', added), ...clause('removed', removed)];
}

function value(field: string, raw: unknown, call: (id: unknown) => string, { t, time }: Words): string {
  if (isEmpty(raw)) return t(`${KEY}nothing`);
  if (field === 'status' || field === 'priority' || field === 'kind') return t(`stoa.common.${field}.${String(raw)}`);
  if (typeof raw === 'boolean') return t(raw ? 'ra.boolean.true' : 'ra.boolean.false');
  if (field.endsWith('_at')) return time(String(raw));
  if (RESOURCE[field]) return call(raw);
  return field === 'subject' ? `“${String(raw)}”` : String(raw);
}

function list(raw: unknown): string[] {
  if (Array.isArray(raw)) return raw.map(String);
  return raw ? [String(raw)] : [];
}

function isEmpty(raw: unknown): boolean {
  return raw === null || raw === undefined || raw === '';
}
