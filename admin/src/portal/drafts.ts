// Texts that were begun and not sent: kept in the tab, for each person apart.
import { useCallback, useState } from 'react';

const PREFIX = 'stoa.draft.';

/** Under which name a draft is kept. */
export function draftName(key: string): string {
  return PREFIX + key;
}

function read<T>(key: string, otherwise: T): T {
  try {
    const kept = sessionStorage.getItem(draftName(key));
    return kept === null ? otherwise : (JSON.parse(kept) as T);
  } catch {
    return otherwise;
  }
}

/** Keeps a draft, or forgets it when there is none. */
export function keepDraft(key: string, draft: unknown): void {
  try {
    if (draft === undefined || draft === '') sessionStorage.removeItem(draftName(key));
    else sessionStorage.setItem(draftName(key), JSON.stringify(draft));
  } catch {
    // Without storage the draft lives as long as the page.
  }
}

/** The draft that was kept, if any. */
export function keptDraft<T>(key: string): T | undefined {
  return read<T | undefined>(key, undefined);
}

/** A text that outlives the page, as `useState` would hold it. */
export function useDraft(key: string): [string, (text: string) => void] {
  const [held, setHeld] = useState(() => ({ key, text: read(key, '') }));
  // Another ticket, another text.
  const current = held.key === key ? held : { key, text: read(key, '') };
  if (current !== held) setHeld(current);
  const set = useCallback(
    (text: string) => {
      setHeld({ key, text });
      keepDraft(key, text);
    },
    [key]
  );
  return [current.text, set];
}
