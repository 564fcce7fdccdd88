// Which cached answers a live event makes old, and their renewal without haste.
import type { QueryKey } from '@tanstack/react-query';
import type { Notification } from '../types';
import { queryClient } from './queries';

/** Everything, rather than certain tickets. */
const ALL = '*';
/** Events that come together are one renewal. */
const GATHER = 300;
/** Least time between two renewals. */
const REST = 2000;

const LISTS = ['getList', 'getInfiniteList', 'getManyReference'];

let touched = new Set<string>();
let timer: ReturnType<typeof setTimeout> | undefined;
let last = 0;

/** Whether an answer in the query cache is old after events of these tickets (`*`: of any). */
export function isAffected(key: QueryKey, tickets: ReadonlySet<string>): boolean {
  const [resource, method, params] = key as [unknown, unknown, Record<string, unknown> | undefined];
  const names = (id: unknown) => tickets.has(ALL) || tickets.has(String(id));
  switch (resource) {
    case 'notifications':
      return true;
    case 'tickets':
      if (method === 'getOne') return names(params?.id);
      if (method === 'getMany') return tickets.has(ALL) || ((params?.ids as unknown[]) ?? []).some(names);
      return tickets.size > 0 && LISTS.includes(String(method));
    case 'ticket_messages':
    case 'ticket_events':
      if (method === 'getManyReference' && params?.target === 'ticket_id') return names(params.id);
      return tickets.size > 0 && (ticketOf(params) === undefined || names(ticketOf(params)));
    default:
      return false;
  }
}

/** The ticket to which a list is narrowed, if it is. */
function ticketOf(params: Record<string, unknown> | undefined): unknown {
  return (params?.filter as { ticket_id?: unknown } | undefined)?.ticket_id;
}

/** A notification arrived. */
export function noteNotification(notification: Notification): void {
  if (notification.ticket_id) touched.add(notification.ticket_id);
  schedule();
}

/** Events were missed. */
export function noteResync(): void {
  touched.add(ALL);
  schedule();
}

function schedule(): void {
  timer ??= setTimeout(renew, Math.max(GATHER, last + REST - Date.now()));
}

function renew(): void {
  timer = undefined;
  last = Date.now();
  const tickets = touched;
  touched = new Set();
  // What nobody looks at is only marked, and read when somebody does.
  const refetchType = isHidden() ? 'none' : 'active';
  void queryClient()?.invalidateQueries({ refetchType, predicate: query => isAffected(query.queryKey, tickets) });
}

function isHidden(): boolean {
  return typeof document !== 'undefined' && document.hidden;
}

if (typeof document !== 'undefined') {
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) return;
    void queryClient()?.refetchQueries({ type: 'active', predicate: query => query.state.isInvalidated });
  });
}
