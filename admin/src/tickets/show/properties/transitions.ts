// Which steps of status a person can take from here; the server holds the same rule and has the last word.
import type { Category, Role, Status, Ticket } from '../../../types';

const STEPS: Record<Status, Status[]> = {
  new: ['open', 'pending', 'on_hold', 'solved', 'closed'],
  open: ['pending', 'on_hold', 'solved', 'closed'],
  pending: ['open', 'solved', 'closed'],
  on_hold: ['open', 'solved', 'closed'],
  solved: ['open', 'closed'],
  closed: [],
};

/** Where somebody of the staff can move a ticket. Only administrators close one for good. */
export function nextStatuses(from: Status, role: Role): Status[] {
  const closes = role === 'company_admin' || role === 'superadmin';
  return STEPS[from].filter(to => to !== 'closed' || closes);
}

/** Whether a ticket in this status can wake by itself. */
export function canWake(status: Status): boolean {
  return status === 'pending' || status === 'on_hold';
}

/** Whether a step needs a reason in words. */
export function needsReason(from: Status, to: Status): boolean {
  return to === 'closed' && from !== 'solved';
}

/** Fields that the category wants filled in before the ticket can be solved. */
export function missingToSolve(ticket: Ticket, category?: Category): string[] {
  return (category?.required_for_solved ?? []).filter(field => {
    const value = ticket[field];
    return value == null || value.length === 0;
  });
}

/** Times at which a ticket is often taken up again, counted from `now`: name and moment. */
export function wakeTimes(now: Date): { name: 'later' | 'tomorrow' | 'three_days' | 'next_week'; at: Date }[] {
  const morning = (days: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    at.setHours(9, 0, 0, 0);
    return at;
  };
  const toMonday = (8 - now.getDay()) % 7 || 7;
  return [
    { name: 'later', at: new Date(now.getTime() + 4 * 3_600_000) },
    { name: 'tomorrow', at: morning(1) },
    { name: 'three_days', at: morning(3) },
    { name: 'next_week', at: morning(toMonday) },
  ];
}
