// Tickets and what belongs to them.
import type { StoaRecord, Status, Priority, Change } from './base';
import type { MessageMail } from './mail';
import type { Attachment, MailPart } from './upload';

/** A request of a client, with its conversation and its way through the company. */
export interface Ticket extends StoaRecord {
  /** It is archived: read-only and out of the default lists. */
  archived: boolean;
  /** When it was archived. */
  archived_at: string | null;
  /** Person who works on it; changed by assignment. */
  assignee_id: string | null;
  /** What it is about. */
  category_id: string | null;
  /** People who are copied. */
  cc_ids: string[];
  /** How it came in. */
  channel: 'web' | 'email' | 'api' | 'chat' | 'phone';
  /** When it was closed. */
  closed_at: string | null;
  /** Department in whose queue it is; changed by assignment. */
  department_id: string | null;
  /** What it is about at length: the text of the first message, which is corrected there. */
  description: string | null;
  /** Id in another system, unique in the company. */
  external_id: string | null;
  /** First assignment. */
  first_assigned_at: string | null;
  /** First public answer of a person of the staff. */
  first_responded_at: string | null;
  /** First time it was solved. */
  first_solved_at: string | null;
  /** Closed ticket that it continues. */
  follow_up_of: string | null;
  /** Staff who follow it. */
  follower_ids: string[];
  /** It is spam. */
  is_spam: boolean;
  /** Sort of request. */
  kind: 'question' | 'incident' | 'problem' | 'task';
  /** Last public message of the requester's side. */
  last_client_message_at: string | null;
  /** Last message of any kind. */
  last_message_at: string | null;
  /** Begin of the last public message. */
  last_message_preview: string | null;
  /** Last public message. */
  last_public_message_at: string | null;
  /** Last public message of the staff. */
  last_staff_message_at: string | null;
  /** Ticket into which it was merged. */
  merged_into: string | null;
  /** Number of messages. */
  message_count: number;
  /** Number within the company, from 1; never used again. */
  number: number;
  /** How urgent it is. */
  priority: Priority;
  /** Number of public messages. */
  public_message_count: number;
  /** Number with the company's prefix, as in `ACME-123`. */
  reference: string;
  /** How often it was reopened. */
  reopen_count: number;
  /** Last time it was reopened. */
  reopened_at: string | null;
  /** Person who asks. */
  requester_id: string;
  /** Last time it was solved. */
  solved_at: string | null;
  /** Ticket from which it was split. */
  split_from: string | null;
  /** Where it stands; changed by its own action. */
  status: Status;
  /** What it is about, in a line. */
  subject: string;
  /** Tags. */
  tag_ids: string[];
  /** When it comes back from pending or on hold by itself. */
  wake_at: string | null;
}

/** One message in the conversation of a ticket. */
export interface TicketMessage extends StoaRecord {
  /** Files that it carries. */
  attachments?: Attachment[];
  /** Author. */
  author_id: string | null;
  /** The author is of the staff. */
  author_is_staff: boolean;
  /** The author's name then. */
  author_name: string;
  /** Plain text. */
  body: string;
  /** Formatted text; cleaned to a safe subset of HTML. */
  body_html: string | null;
  /** It could not be delivered by mail to someone. */
  delivery?: 'bounced' | null;
  /** What the other server said of it. */
  delivery_error?: string | null;
  /** When its author last corrected it. */
  edited_at: string | null;
  /** The mail that it came in by. */
  email?: MessageMail | null;
  /** Files that the mail carried. */
  email_parts?: MailPart[] | null;
  /** Text of the mail with what it quotes, when that was taken out. */
  full_body?: string | null;
  /** It was sent by an auto-responder. */
  is_auto_response: boolean;
  /** Public reply or private note. */
  kind: 'public_reply' | 'private_note';
  /** People mentioned. */
  mention_ids: string[];
  /** Ticket for which it was written, when tickets were merged since. */
  origin_ticket_id: string | null;
  /** When its text was taken out. */
  redacted_at: string | null;
  /** Earlier texts, oldest first. */
  revisions: ({ body?: string; body_html?: string | null; replaced_at?: string; replaced_by?: string | null })[];
  /** Place in the conversation. */
  seq: number;
  /** Ticket. */
  ticket_id: string;
  /** How it came in. */
  via: 'web' | 'email' | 'api' | 'system';
  /** Who may read it; follows from the kind. */
  visibility: 'public' | 'private';
}

/** Something that happened to a ticket. */
export interface TicketEvent extends StoaRecord {
  /** Person who did it; none for the system. */
  actor_id: string | null;
  /** The person's name then. */
  actor_name: string | null;
  /** Bulk operation that it was part of. */
  bulk_id: string | null;
  /** Changed fields: a list of `{field, from, to}`. */
  changes: Change[] | null;
  /** What happened. */
  kind: 'ticket.created' | 'ticket.updated' | 'ticket.status_changed' | 'ticket.assigned' | 'ticket.unassignable' | 'message.added' | 'message.edited' | 'message.redacted' | 'ticket.archived' | 'ticket.unarchived' | 'ticket.deleted' | 'ticket.restored' | 'ticket.merged' | 'ticket.unmerged' | 'ticket.split' | 'ticket.followers_changed' | 'ticket.spam' | 'message.auto_response' | 'message.bounced' | 'ticket.loop_suppressed';
  /** Merge that it was part of. */
  merge_id: string | null;
  /** Message that it is about. */
  message_id: string | null;
  /** Why, as the person said. */
  reason: string | null;
  /** Place in the ticket's history. */
  seq: number;
  /** Ticket. */
  ticket_id: string;
  /** Whether clients may see it. */
  visibility: 'public' | 'private';
}
