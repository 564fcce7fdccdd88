// Keeps a list that renews itself still while somebody answers a question about one of its rows: the row could be gone.
import { createContext, useContext, useEffect } from 'react';

const HoldContext = createContext<(() => () => void) | undefined>(undefined);

/** Gives the rows of a list what holds it; that gives what lets it go on. */
export const HoldProvider = HoldContext.Provider;

/** Holds the list around as long as `held`. */
export function useHold(held: boolean): void {
  const hold = useContext(HoldContext);
  useEffect(() => (held ? hold?.() : undefined), [held, hold]);
}
