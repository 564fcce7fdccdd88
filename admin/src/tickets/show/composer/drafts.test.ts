// Tests of drafts.
import { beforeEach, describe, expect, it } from 'vitest';
import { attemptFor, emptyDraft, keepDraft, pruneDrafts, readDraft } from './drafts';

/** Enough of the browser's storage: what it keeps are its own members. */
function makeStorage(): Storage {
  const hidden = { enumerable: false, configurable: true };
  const storage: Record<string, string> = {};
  return Object.defineProperties(storage, {
    getItem: { ...hidden, value: (name: string) => storage[name] ?? null },
    setItem: { ...hidden, value: (name: string, value: string) => void (storage[name] = value) },
    removeItem: { ...hidden, value: (name: string) => void delete storage[name] },
  }) as unknown as Storage;
}

let storage: Storage;
beforeEach(() => {
  storage = makeStorage();
});

const draft = { ...emptyDraft(), text: 'Hello', at: 1000 };

describe('drafts', () => {
  it('are kept apart by person, ticket and kind', () => {
    keepDraft('ana', 't1', 'public_reply', draft, storage);
    expect(readDraft('ana', 't1', 'public_reply', storage).text).toBe('Hello');
    expect(readDraft('ana', 't1', 'private_note', storage).text).toBe('');
    expect(readDraft('bo', 't1', 'public_reply', storage).text).toBe('');
  });

  it('vanish when they are empty', () => {
    keepDraft('ana', 't1', 'public_reply', draft, storage);
    keepDraft('ana', 't1', 'public_reply', { ...draft, text: '' }, storage);
    expect(Object.keys(storage)).toEqual([]);
  });

  it('survive what another version wrote', () => {
    storage.setItem('stoa.draft.ana.t1.public_reply', 'broken');
    expect(readDraft('ana', 't1', 'public_reply', storage)).toEqual(emptyDraft());
  });

  it('are dropped after a month, and nothing else is', () => {
    storage.setItem('stoa.session', '{}');
    keepDraft('ana', 'old', 'public_reply', draft, storage);
    keepDraft('ana', 'new', 'public_reply', { ...draft, at: 30 * 86_400_000 }, storage);
    pruneDrafts(31 * 86_400_000 + 1000, storage);
    expect(Object.keys(storage)).toEqual(['stoa.session', 'stoa.draft.ana.new.public_reply']);
  });
});

describe('attemptFor', () => {
  it('keeps the key for the same content only', () => {
    const first = attemptFor(draft, 'a');
    expect(attemptFor({ ...draft, attempt: first }, 'a').key).toBe(first.key);
    expect(attemptFor({ ...draft, attempt: first }, 'b').key).not.toBe(first.key);
  });
});
