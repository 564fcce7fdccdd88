// Where the resources of React Admin are in Stoa's API.
import { ApiError } from './http';

/** Resources that live under a ticket, with the last part of their address. */
const UNDER_TICKET: Record<string, string> = { ticket_messages: 'messages', ticket_events: 'events' };

/** Where the ticket of a message may be named. */
export type Parent = object | null | undefined;

/** Whether records of the resource belong to a ticket. */
export function isUnderTicket(resource: string): boolean {
  return resource in UNDER_TICKET;
}

/** Address of the resource's records. Of resources under a ticket one of `parents` names the ticket. */
export function listPath(resource: string, ...parents: Parent[]): string {
  const part = UNDER_TICKET[resource];
  if (part === undefined) return `/api/${resource}`;
  const ticket = parents.map(ticketOf).find(id => typeof id === 'string' && id !== '');
  if (ticket === undefined) throw new ApiError(`The ticket of ${resource} is not named.`, 400, 'ticket_required');
  return `/api/tickets/${encodeURIComponent(String(ticket))}/${part}`;
}

/** Address of one record. */
export function recordPath(resource: string, id: unknown, ...parents: Parent[]): string {
  return `${listPath(resource, ...parents)}/${encodeURIComponent(String(id))}`;
}

function ticketOf(parent: Parent): unknown {
  return (parent as { ticket_id?: unknown } | null | undefined)?.ticket_id;
}
