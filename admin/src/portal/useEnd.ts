// Keeps the end of a conversation in sight, without pulling a reader away from earlier messages.
import { useCallback, useEffect, useRef, useState } from 'react';

/** So near to the end, in pixels, the reader is taken to be at it. */
const NEAR = 160;
/** A page that is longer than the window by less than this is left at its begin when it opens. */
const LITTLE = 96;

function isAtEnd(): boolean {
  const { scrollHeight } = document.documentElement;
  return window.innerHeight + window.scrollY >= scrollHeight - NEAR;
}

/**
 * Goes to the end when the conversation is there, and when `newest` changes while the reader is at the end or wrote
 * it (`own`). Otherwise `below` tells that there is something new.
 */
export function useEnd(newest: string | undefined, own: boolean): { below: boolean; toEnd: () => void } {
  const [below, setBelow] = useState(false);
  const atEnd = useRef(true);
  const shown = useRef<string | undefined>(undefined);
  const toEnd = useCallback(() => {
    window.scrollTo({ top: document.documentElement.scrollHeight });
    setBelow(false);
  }, []);
  useEffect(() => {
    const watch = () => {
      atEnd.current = isAtEnd();
      if (atEnd.current) setBelow(false);
    };
    window.addEventListener('scroll', watch, { passive: true });
    return () => window.removeEventListener('scroll', watch);
  }, []);
  useEffect(() => {
    if (newest === undefined || newest === shown.current) return;
    const first = shown.current === undefined;
    shown.current = newest;
    if (first) {
      if (document.documentElement.scrollHeight - window.innerHeight > LITTLE) toEnd();
    } else if (own || atEnd.current) toEnd();
    else setBelow(true);
  }, [newest, own, toEnd]);
  return { below, toEnd };
}
