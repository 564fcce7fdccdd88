// How a file stands for those who look after files: ready alone does not tell whether anybody can see it.
import type { Upload } from '../types';

/** State, with what is ready told apart by whether a message carries it. */
export type Standing = 'attached' | 'unattached' | 'pending' | 'quarantined' | 'deleting';

/** How a file stands. */
export function standing({ state, link }: Pick<Upload, 'state' | 'link'>): Standing {
  if (state !== 'ready') return state;
  return link ? 'attached' : 'unattached';
}
