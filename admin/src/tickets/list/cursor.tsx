// The row that the keyboard is at. It is a ticket and not a place, so rows that come and go do not move it.
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useListContext } from 'react-admin';
import type { Ticket } from '../../types';

interface Cursor {
  id: string | null;
  set: (id: string) => void;
  /** Goes to the next row, or to the one before. */
  move: (by: 1 | -1) => void;
}

const CursorContext = createContext<Cursor | null>(null);

/** Whoever comes back from a ticket finds the cursor on it. */
let last: string | null = null;

/** The cursor of the list around. */
export function useCursor(): Cursor {
  const cursor = useContext(CursorContext);
  if (!cursor) throw new Error('useCursor must be called inside a CursorProvider');
  return cursor;
}

/** Attributes by which the cursor finds a row, and in it the link that it focuses. */
export const rowOf = (id: string) => ({ 'data-ticket': id });
export const OPENER = { 'data-opens': 'ticket' };

function focus(id: string) {
  document.querySelector<HTMLElement>(`[data-ticket="${CSS.escape(id)}"] [data-opens]`)?.focus();
}

/** Keeps the cursor of the list around it. */
export function CursorProvider({ children }: { children: ReactNode }) {
  const { data } = useListContext<Ticket>();
  const [id, setId] = useState(last);
  const place = useRef(-1);
  const arrived = useRef(false);

  useEffect(() => {
    if (!data || arrived.current) return;
    arrived.current = true;
    // Only the one time, and only when nothing else has the focus.
    if (id && document.activeElement === document.body) focus(id);
  }, [data, id]);

  const set = useCallback(
    (next: string) => {
      last = next;
      place.current = data?.findIndex(ticket => ticket.id === next) ?? -1;
      setId(next);
    },
    [data]
  );

  const move = useCallback(
    (by: 1 | -1) => {
      if (!data?.length) return;
      const at = data.findIndex(ticket => ticket.id === id);
      // A row that has left the list is succeeded by the one that took its place.
      const wanted = at >= 0 ? at + by : by > 0 ? Math.max(place.current, 0) : place.current - 1;
      const next = data[Math.min(Math.max(wanted, 0), data.length - 1)];
      set(next.id);
      focus(next.id);
    },
    [data, id, set]
  );

  const cursor = useMemo(() => ({ id, set, move }), [id, set, move]);
  return <CursorContext.Provider value={cursor}>{children}</CursorContext.Provider>;
}
