// What the form of a mailbox sends, and how a mailbox stands.
import type { Tone } from '../components';
import type { MailSecurity, MailServer, Mailbox } from '../types';

export type ServerKind = 'smtp' | 'imap';

/** Members of a server that decide who gets to see its password. */
const PLACE = ['host', 'port', 'security', 'username'] as const;

const PORTS: Record<ServerKind, Record<MailSecurity, number>> = {
  smtp: { tls: 465, starttls: 587, none: 25 },
  imap: { tls: 993, starttls: 143, none: 143 },
};

/** The usual port. */
export function portOf(kind: ServerKind, security: MailSecurity): number {
  return PORTS[kind][security];
}

/** The port after the protection changed: the usual one, unless somebody chose another. */
export function portAfter(kind: ServerKind, port: number | null | undefined, security: MailSecurity): number {
  const usual = Object.values(PORTS[kind]);
  return port && !usual.includes(port) ? port : portOf(kind, security);
}

/** A server of which nothing is known yet. */
export function newServer(kind: ServerKind): MailServer {
  const security = kind === 'smtp' ? 'starttls' : 'tls';
  const server = { host: '', port: portOf(kind, security), security, username: null } as MailServer;
  return kind === 'imap' ? { ...server, folder: 'INBOX' } : server;
}

/** Whether a stored password would go to another server or user: then it has to be given again. */
export function hasMoved(before: MailServer | null | undefined, now: MailServer | null | undefined): boolean {
  return Boolean(before && now && PLACE.some(name => (before[name] ?? null) !== (now[name] ?? null)));
}

/** Whether the password of a server is missing: it moved, and somebody logs in there. */
export function lacksPassword(
  before: MailServer | null | undefined,
  now: MailServer | null | undefined,
  password: string | null | undefined
): boolean {
  return !password && Boolean(now?.username) && hasMoved(before, now);
}

type Values = Record<string, unknown>;

/** The values of the form as the server takes them: a password only where one was given, or where the old one is void. */
export function asSaved(values: Values, before?: Partial<Mailbox>): Values {
  const saved = { ...values };
  for (const kind of ['smtp', 'imap'] as const) {
    const name = `${kind}_password`;
    const now = values[kind] as MailServer | null | undefined;
    const given = values[name];
    if (now && given) continue;
    delete saved[name];
    if (now && hasMoved(before?.[kind], now)) saved[name] = null;
  }
  return saved;
}

/** Whether a text can be an e-mail address; the server looks closer. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
}

export type MailboxStanding = 'off' | 'failing' | 'deaf' | 'ready';

/** How a mailbox stands, as far as the reader sees it. */
export function standingOf(
  mailbox: Pick<Mailbox, 'is_active' | 'imap' | 'webhook_active' | 'last_error'>
): MailboxStanding {
  if (!mailbox.is_active) return 'off';
  if (mailbox.last_error) return 'failing';
  // Managers do not see servers: for them it is not known.
  return mailbox.imap === null && !mailbox.webhook_active ? 'deaf' : 'ready';
}

export const TONES: Record<MailboxStanding, Tone> = {
  off: 'default',
  failing: 'error',
  deaf: 'warning',
  ready: 'success',
};
