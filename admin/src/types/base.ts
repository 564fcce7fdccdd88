// The records of Stoa's API as the server answers them; a field that the caller's role does not see is absent.

/** What every record has. Times are RFC 3339 in UTC. */
export interface StoaRecord {
  id: string;
  company_id: string | null;
  created_at: string;
  created_by?: string | null;
  updated_at: string;
  updated_by?: string | null;
  deleted_at?: string | null;
  /** Number of the last change; sent back as `If-Match`. */
  version: number;
}

export const ROLES = ['superadmin', 'company_admin', 'content_manager', 'content_writer', 'client'] as const;
export type Role = (typeof ROLES)[number];

export const STATUSES = ['new', 'open', 'pending', 'on_hold', 'solved', 'closed'] as const;
export type Status = (typeof STATUSES)[number];
/** Statuses of tickets on which staff still has work. */
export const UNSOLVED: Status[] = ['new', 'open', 'pending', 'on_hold'];

export const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** For one event: whether a person is told, by relation to the ticket. */
export interface NotifyWhen {
  mine: boolean;
  followed: boolean;
  unassigned_in_department: boolean;
}
/** By event, such as `message_added`. */
export type NotificationMatrix = Record<string, NotifyWhen>;

/** One field that changed, in events and the audit log. */
export interface Change {
  field: string;
  from: unknown;
  to: unknown;
}
