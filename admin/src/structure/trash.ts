// Whether a list shows the trash.
import { createContext, useContext } from 'react';

interface Trash {
  shown: boolean;
  show: (shown: boolean) => void;
}

const TrashContext = createContext<Trash>({ shown: false, show: () => {} });

/** Tells a list's parts whether it shows the trash. */
export const TrashProvider = TrashContext.Provider;

/** Whether the list around shows the trash, and how to change that. */
export function useTrash(): Trash {
  return useContext(TrashContext);
}
