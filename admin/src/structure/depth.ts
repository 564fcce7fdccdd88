// How deep each record of a list lies below others.
import { createContext, useContext } from 'react';

const DepthContext = createContext<Map<string, number> | undefined>(undefined);

/** Tells the rows of a list how deep they lie. */
export const DepthProvider = DepthContext.Provider;

/** How deep the record lies; undefined when the list around is not shown as a tree. */
export function useDepth(id: string): number | undefined {
  return useContext(DepthContext)?.get(id);
}
