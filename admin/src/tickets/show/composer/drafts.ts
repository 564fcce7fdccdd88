// Texts that are not sent yet, kept in this browser by person, ticket and kind until they are.
import { randomKey } from '../../../api/random';

/** What a text is going to be. */
export type DraftKind = 'public_reply' | 'private_note';

/** A text that waits to be sent. */
export interface Draft {
  text: string;
  /** When it was last changed, in milliseconds. */
  at: number;
  /** Creation time of the newest message when the writing began. */
  since: string | null;
  /** People who were mentioned: name by id. */
  mentions: Record<string, string>;
  /** The last try to send it failed. */
  failed?: boolean;
  /** Key of the last try and what was sent with it: the same try again must not be a second message. */
  attempt?: { key: string; of: string };
}

/** Drafts that nobody came back to are dropped after this long. */
const KEPT_MS = 30 * 86_400_000;
const PREFIX = 'stoa.draft.';

/** Under which name a draft is kept. */
export function draftName(person: string, ticket: string, kind: DraftKind): string {
  return `${PREFIX}${person}.${ticket}.${kind}`;
}

/** A draft without text. */
export function emptyDraft(): Draft {
  return { text: '', at: 0, since: null, mentions: {} };
}

/** What was kept, if anything. */
export function readDraft(person: string, ticket: string, kind: DraftKind, storage: Storage = localStorage): Draft {
  try {
    const kept = JSON.parse(storage.getItem(draftName(person, ticket, kind)) ?? 'null') as Partial<Draft> | null;
    return kept && typeof kept.text === 'string' && kept.text ? { ...emptyDraft(), ...kept } : emptyDraft();
  } catch {
    return emptyDraft();
  }
}

/** Keeps a draft; one without text is dropped. A browser that keeps nothing costs no more than the safety. */
export function keepDraft(
  person: string,
  ticket: string,
  kind: DraftKind,
  draft: Draft,
  storage: Storage = localStorage
): void {
  try {
    if (draft.text) storage.setItem(draftName(person, ticket, kind), JSON.stringify(draft));
    else storage.removeItem(draftName(person, ticket, kind));
  } catch {
    // Full, or forbidden.
  }
}

/** Drops the drafts that are too old. */
export function pruneDrafts(now: number, storage: Storage = localStorage): void {
  try {
    for (const name of Object.keys(storage)) {
      if (!name.startsWith(PREFIX)) continue;
      const at = (JSON.parse(storage.getItem(name) ?? '{}') as Partial<Draft>).at ?? 0;
      if (now - at > KEPT_MS) storage.removeItem(name);
    }
  } catch {
    // What cannot be read is left alone.
  }
}

/** The key to send something with: that of the last try, if that was the same. */
export function attemptFor(draft: Draft, of: string): { key: string; of: string } {
  return draft.attempt?.of === of ? draft.attempt : { key: randomKey(), of };
}
