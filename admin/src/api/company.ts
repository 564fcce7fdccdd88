// The company in which an operator acts, for this tab alone.
import { useSyncExternalStore } from 'react';
import { emitter } from './emitter';
import { onSessionChange, session } from './session';
import { readJson, readStored, writeStored } from './storage';

/** A company in which an operator acts, and why. */
export interface Acting {
  id: string;
  name: string;
  reason: string;
}

interface Stored extends Acting {
  /** The log-in that chose it: the next person does not inherit it. */
  session_id: string;
}

const KEY = 'stoa.acting';
/** Most characters of a reason that Stoa keeps. */
const MAX_REASON = 300;

const changes = emitter();
let parsed: { text: string | null; acting: Stored | null } = { text: null, acting: null };

/** The company in which the operator acts. */
export function acting(): Acting | null {
  const text = readStored('sessionStorage', KEY);
  if (text !== parsed.text) parsed = { text, acting: readJson<Stored>('sessionStorage', KEY) };
  return parsed.acting && parsed.acting.session_id === session()?.session_id ? parsed.acting : null;
}

/** Goes into a company. Everything that was read before belongs to another place: see [`onActingChange`]. */
export function actIn(company: Acting): void {
  const { id, name, reason } = company;
  put({ id, name, reason, session_id: session()?.session_id ?? '' });
}

/** Leaves the company. */
export function leaveCompany(): void {
  put(null);
}

function put(next: Stored | null): void {
  writeStored('sessionStorage', KEY, next && JSON.stringify(next));
  changes.emit();
}

/** Calls `listener` when the operator goes into a company or leaves it. Cached queries must be dropped then. */
export function onActingChange(listener: () => void): () => void {
  return changes.on(listener);
}

onSessionChange(() => {
  if (readStored('sessionStorage', KEY) !== null && acting() === null) leaveCompany();
});

/** The company in which the operator acts. */
export function useActing(): Acting | null {
  return useSyncExternalStore(onActingChange, acting);
}

/**
 * A reason as a header can carry it: Stoa reads printable ASCII only, up to 300 characters. Accents are dropped, and
 * what has no likeness becomes a question mark.
 */
export function asReason(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/[\u201c\u201d]/g, '"')
    .replace(/[\u2013\u2014]/g, '-')
    .replace(/ß/g, 'ss')
    .replace(/\s+/g, ' ')
    .replace(/[^\x20-\x7e]/gu, '?')
    .trim()
    .slice(0, MAX_REASON);
}

/** Headers that say in which company a request acts, and why. */
export function actingHeaders(): Record<string, string> {
  const company = acting();
  return company ? { 'X-Company-Id': company.id, 'X-Act-Reason': asReason(company.reason) } : {};
}
