// Files that people sent, and how messages tell of them.
import type { StoaRecord } from './base';

export const UPLOAD_STATES = ['pending', 'ready', 'quarantined'] as const;

export const QUARANTINE_REASONS = [
  'executable',
  'type_mismatch',
  'polyglot',
  'type_not_allowed',
  'size_mismatch',
  'checksum_mismatch',
  'object_missing',
] as const;
export type QuarantineReason = (typeof QUARANTINE_REASONS)[number];

/** A file: announced, sent, looked at, and then attached to a message within a day. */
export interface Upload extends StoaRecord {
  /** What the sender says that it is. */
  content_type: string;
  /** It is removed then, unless it is sent or attached before. */
  expires_at: string | null;
  /** Name for people. */
  filename: string;
  /** Message that carries it. */
  link: { type: 'ticket_message'; id: string } | null;
  /** Why it is in quarantine. */
  quarantine_reason: QuarantineReason | null;
  /** Bytes. */
  size: number;
  /** What its bytes say that it is; it is served as this. */
  sniffed_type: string | null;
  /** What has become of it. */
  state: (typeof UPLOAD_STATES)[number] | 'deleting';
  /** How to send the bytes; only in the answer to its announcement. */
  transfer: { direct: boolean; method: string; url: string; headers: Record<string, string>; expires_at: string } | null;
}

/** What a message tells of a file that it carries. */
export interface Attachment {
  id: string;
  filename: string;
  size: number;
  content_type: string;
}

/** What a message tells of a file that came with the mail which it is. */
export interface MailPart {
  part: number;
  filename: string;
  size: number;
  content_type: string;
  content_id?: string | null;
}
