// Mail: what goes out, what comes in, how it is worded, and the addresses behind it.
import type { StoaRecord } from './base';

/** Mails that a company may word itself. */
export const TEMPLATE_KEYS = [
  'ticket_created',
  'ticket_reply',
  'ticket_assigned',
  'ticket_status',
  'ticket_updated',
  'test',
] as const;
export type TemplateKey = (typeof TEMPLATE_KEYS)[number];

/** How a company words a mail in a language. */
export interface EmailTemplate extends StoaRecord {
  /** The mail. */
  key: TemplateKey;
  /** BCP 47 language tag, such as `en`. */
  locale: string;
  subject: string;
  html: string;
  /** Plain text; made of the HTML when empty. */
  text: string;
  /** Whether what is written is what is sent. */
  status: 'draft' | 'published';
  /** Number of the version that is sent; null while none is. */
  published_version: number | null;
}

/** A version of a template that was published. */
export interface TemplateVersion {
  number: number;
  subject: string;
  html: string;
  text: string;
  published_at: string;
  published_by: string | null;
}

/** A variable that a mail can print. */
export interface TemplateVariable {
  name: string;
  doc: string;
  sample: string;
  /** Without it the mail is not sent. */
  required: boolean;
}

/** What a mail can print, and the platform's own text. */
export interface MailDeclaration {
  key: TemplateKey;
  doc: string;
  variables: TemplateVariable[];
  defaults: { locale: string; subject: string; html: string }[];
}

/** A mail as it is read. */
export interface MailText {
  subject: string;
  html: string;
  text: string;
}

export const OUTBOUND_STATES = ['queued', 'sent', 'failed', 'kept', 'dropped', 'bounced'] as const;
export type OutboundState = (typeof OUTBOUND_STATES)[number];

/** A mail to one person. */
export interface OutboundEmail extends StoaRecord {
  template: string;
  to: string;
  to_name: string | null;
  locale: string | null;
  /** It carries a credential. */
  sensitive: boolean;
  ticket_id: string | null;
  /** Message of the ticket that it carries. */
  message_id: string | null;
  state: OutboundState;
  /** Person who gets it, where it goes to a person as such. */
  user_id: string | null;
  /** Subject, once it was made up. */
  subject: string | null;
  /** Mailbox that sends it; none when the platform does. */
  mailbox_id: string | null;
  internet_message_id: string | null;
  attempts: number;
  /** The recipient may have it twice. */
  uncertain: boolean;
  last_error: string | null;
  sent_at: string | null;
  /** The recipient's server sent it back. */
  delivery: 'bounced' | null;
}

export const INBOUND_STATES = ['received', 'processed', 'ignored', 'failed'] as const;
export type InboundState = (typeof INBOUND_STATES)[number];

/** A mail that came in. */
export interface InboundEmail extends StoaRecord {
  mailbox_id: string;
  source: 'imap' | 'webhook';
  hash: string;
  message_id: string;
  /** Bytes. */
  size: number;
  /** Only its headers are kept. */
  too_large: boolean;
  from: string | null;
  subject: string;
  state: InboundState;
  /** How its ticket was found. */
  match: { rule: string; ticket_id: string | null } | null;
  ticket_id: string | null;
  /** Message that it became. */
  message: string | null;
  /** Why it is in no ticket, or why it counts as automatic. */
  reason: string | null;
  error: string | null;
  /** How often it was asked to be looked at. */
  runs: number;
  processed_at: string | null;
}

/** An address that automatic mail went to. */
export interface EmailRecipient extends StoaRecord {
  address: string;
  /** No automatic mail goes there until then. */
  suppressed_until: string | null;
  suppressed_reason: string | null;
  /** When too many automatic mails were last held back. */
  capped_at: string | null;
  ticket_id: string | null;
}

export const SECURITIES = ['tls', 'starttls', 'none'] as const;
export type MailSecurity = (typeof SECURITIES)[number];

/** A server of a mailbox. */
export interface MailServer {
  host: string;
  port: number;
  security: MailSecurity;
  username: string | null;
  /** Of IMAP only. */
  folder?: string;
}

/** How outgoing mail is signed, and the DNS record that says so. */
export interface Dkim {
  selector: string;
  domain: string;
  algorithm: string;
  dns_name: string;
  dns_value: string;
}

/** An address under which a company receives and sends mail. Managers see it without its servers. */
export interface Mailbox extends StoaRecord {
  address: string;
  aliases: string[];
  from_name: string | null;
  department_id: string | null;
  smtp?: MailServer | null;
  imap?: MailServer | null;
  /** The server delivers `name+anything@` to it. */
  subaddressing: boolean;
  is_active: boolean;
  auto_reply: boolean;
  dkim?: Dkim | null;
  /** Name by which the own mail server signs what it found out about senders. */
  authserv_id: string | null;
  accepts_unknown: boolean;
  strangers: 'new_ticket' | 'untrusted_message';
  webhook_active: boolean;
  last_error?: string | null;
  last_checked_at: string | null;
}

/** The mail by which a message came in. */
export interface MessageMail {
  from: string;
  from_name: string;
  to: string[];
  cc: string[];
  subject: string;
  message_id: string | null;
  date: string | null;
  /** The own mail server vouches for the sender. */
  verified: boolean;
  /** The sender has no part in the ticket. */
  untrusted: boolean;
  /** Why it counts as automatic. */
  automatic: string | null;
  forwarded_by: string | null;
  inbound_id: string;
}
