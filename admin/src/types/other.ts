// Notifications, saved views and the audit log.
import type { StoaRecord, Change } from './base';

/** Something that a person should know of. */
export interface Notification extends StoaRecord {
  /** Person who did it. */
  actor_id: string | null;
  /** How many like events it stands for. */
  count: number;
  /** Event that caused it; a person is told of an event once. */
  event_id: string;
  /** Whether it was read. */
  is_read: boolean;
  /** What happened, such as `ticket.assigned`. */
  kind: string;
  /** When it was read. */
  read_at: string | null;
  /** Ticket that it is about. */
  ticket_id: string | null;
  /** Sentence for the person. */
  title: string;
  /** Person to be told. */
  user_id: string;
}

/** A list with filter, order and columns that a person saved. */
export interface SavedView extends StoaRecord {
  /** Columns shown. */
  columns: string[];
  /** Departments that see it, when shared with departments. */
  department_ids: string[];
  /** Filter as lists take it. */
  filter: Record<string, unknown>;
  /** Name, unique among the owner's views of the resource. */
  name: string;
  /** Person whose view it is. */
  owner_id: string;
  /** The resource that the view lists. */
  resource: 'tickets' | 'users' | 'departments' | 'categories' | 'tags' | 'audit_log';
  /** Who else sees it. */
  sharing: 'private' | 'departments' | 'staff';
  /** Sort as lists take it. */
  sort: string | null;
}

/** One change, with who made it, from where, and what it changed. Entries are never altered. */
export interface AuditEntry extends StoaRecord {
  /** An operator of the platform acted inside the company. */
  act_as: boolean;
  /** What was done, such as `tickets.update`. */
  action: string;
  /** Person who did it; none for the system. */
  actor_id: string | null;
  /** The person's name then. */
  actor_name: string | null;
  /** The person's role then. */
  actor_role: string | null;
  /** Changed fields with old and new value. */
  changes: Change[] | null;
  /** SHA-256 over the entry and the hash before it. */
  hash: string;
  /** Address that the request came from. */
  ip: string | null;
  /** Hash of the entry before it. */
  prev_hash: string;
  /** The operator's reason. */
  reason: string | null;
  /** Version of the record after the change. */
  record_version: number | null;
  /** Request. */
  request_id: string | null;
  /** Resource of the record; the address, for an operator's reading. */
  resource: string;
  /** The record. */
  resource_id: string | null;
  /** Place in the company's chain, from 1. */
  seq: number;
  /** Program that sent it. */
  user_agent: string | null;
}
