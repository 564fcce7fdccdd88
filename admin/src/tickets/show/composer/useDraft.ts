// A text that is being written: kept in the browser after each pause, restored when its ticket is opened again.
import { useCallback, useEffect, useRef, useState } from 'react';
import { emptyDraft, keepDraft, pruneDrafts, readDraft, type Draft, type DraftKind } from './drafts';

/** Pause in the writing after which the text is kept. */
const PAUSE_MS = 400;

/** One text with its safety. */
export interface DraftState {
  draft: Draft;
  /** It was written before and has not been touched since. */
  restored: boolean;
  change: (change: Partial<Draft>) => void;
  /** Drops the text. */
  clear: () => void;
}

/** The draft of a person for a ticket, of one kind. */
export function useDraft(person: string, ticket: string, kind: DraftKind): DraftState {
  const [draft, setDraft] = useState(() => readDraft(person, ticket, kind));
  const [restored, setRestored] = useState(() => draft.text !== '');
  const latest = useRef(draft);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const keep = useCallback(() => {
    if (timer.current === undefined) return;
    clearTimeout(timer.current);
    timer.current = undefined;
    keepDraft(person, ticket, kind, latest.current);
  }, [person, ticket, kind]);

  useEffect(() => {
    pruneDrafts(Date.now());
    window.addEventListener('pagehide', keep);
    return () => {
      window.removeEventListener('pagehide', keep);
      keep();
    };
  }, [keep]);

  const change = useCallback(
    (part: Partial<Draft>) => {
      latest.current = { ...latest.current, ...part, at: Date.now() };
      setDraft(latest.current);
      if (part.text !== undefined) setRestored(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(keep, PAUSE_MS);
    },
    [keep]
  );

  const clear = useCallback(() => {
    latest.current = emptyDraft();
    setDraft(latest.current);
    setRestored(false);
    clearTimeout(timer.current);
    timer.current = undefined;
    keepDraft(person, ticket, kind, latest.current);
  }, [person, ticket, kind]);

  return { draft, restored, change, clear };
}
