// Addresses of the ticket list with a filter, so that every number leads to the tickets it counts.
import { UNSOLVED, type Priority, type Status } from '../types';

type Filter = Record<string, unknown>;
type Sort = { field: string; order: 'ASC' | 'DESC' };

/** The ticket list with exactly this filter. */
export function ticketsLink(filter: Filter, sort: Sort = { field: 'updated_at', order: 'DESC' }): string {
  const query = new URLSearchParams({
    filter: JSON.stringify(filter),
    sort: sort.field,
    order: sort.order,
    page: '1',
  });
  return `/tickets?${query}`;
}

const OLDEST: Sort = { field: 'created_at', order: 'ASC' };

/** Filters of the numbers on the start page. */
export const filters = {
  status: (status: Status): Filter => ({ status }),
  priority: (priority: Priority): Filter => ({ status_in: UNSOLVED, priority }),
  unassigned: (): Filter => ({ status_in: UNSOLVED, assignee_id_isnull: true }),
  unanswered: (): Filter => ({ status_in: ['new', 'open'], first_responded_at_isnull: true }),
  mine: (me: string): Filter => ({ status_in: UNSOLVED, assignee_id: me }),
  minePending: (me: string): Filter => ({ status: 'pending', assignee_id: me }),
  // What came and went on a day stays what it was, whatever was archived since.
  createdSince: (instant: string): Filter => ({ created_at_gte: instant, archived_in: [true, false] }),
  solvedSince: (instant: string): Filter => ({ solved_at_gte: instant, archived_in: [true, false] }),
};

/** Addresses of the lists behind the numbers. */
export const links = {
  status: (status: Status) => ticketsLink(filters.status(status)),
  priority: (priority: Priority) => ticketsLink(filters.priority(priority)),
  unassigned: () => ticketsLink(filters.unassigned(), OLDEST),
  unanswered: () => ticketsLink(filters.unanswered(), OLDEST),
  mine: (me: string) => ticketsLink(filters.mine(me), { field: 'updated_at', order: 'ASC' }),
  minePending: (me: string) => ticketsLink(filters.minePending(me)),
  createdSince: (instant: string) =>
    ticketsLink(filters.createdSince(instant), { field: 'created_at', order: 'DESC' }),
  solvedSince: (instant: string) => ticketsLink(filters.solvedSince(instant)),
};
