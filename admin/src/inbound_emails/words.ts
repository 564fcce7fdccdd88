// Why an incoming mail is where it is, as keys of texts.
import type { Tone } from '../components';
import type { InboundEmail, InboundState } from '../types';

export const TONES: Record<InboundState, Tone> = {
  received: 'info',
  processed: 'success',
  ignored: 'default',
  failed: 'error',
};

/** Reasons by which lists are narrowed, in the order of their use. */
export const REASONS = [
  'unknown_sender',
  'no_sender',
  'unreadable',
  'too_large',
  'message_limit',
  'bounce',
  'bounce_unmatched',
  'delayed',
  'auto_replied',
  'auto_generated',
  'auto_reply_header',
  'precedence',
  'mailing_list',
  'suppress_asked',
  'empty_return_path',
  'report',
  'robot_sender',
  'own_mark',
  'own_mailbox',
  'suppressed',
  'capped',
  'blocked',
] as const;

/** The key of what is said of its state: a report on other mail becomes no message of its own. */
export function explained({ state, match }: Pick<InboundEmail, 'state' | 'match'>): string {
  return state === 'processed' && match?.rule === 'bounce' ? 'bounce' : state;
}

/** Whether the server looks at it again when asked. */
export function canReprocess({ state }: Pick<InboundEmail, 'state'>): boolean {
  return state === 'failed' || state === 'ignored';
}

/** Whether a ticket was found, but the mail went into another one as its sender has no part in it. */
export function wentElsewhere({ match, ticket_id }: Pick<InboundEmail, 'match' | 'ticket_id'>): boolean {
  return Boolean(match?.ticket_id && ticket_id && match.ticket_id !== ticket_id);
}

/** Name of the file in which a mail is saved. */
export function fileName({ subject, id }: Pick<InboundEmail, 'subject' | 'id'>): string {
  const plain = subject.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-+|-+$/g, '').slice(0, 60);
  return `${plain || id}.eml`;
}
