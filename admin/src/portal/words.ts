// Where a request stands, in the words of those who asked.
import type { Status } from '../types';

/** What a status means to a client. */
export type Standing = 'working' | 'waiting_you' | 'waiting_other' | 'solved' | 'closed';

const STANDINGS: Record<Status, Standing> = {
  new: 'working',
  open: 'working',
  pending: 'waiting_you',
  on_hold: 'waiting_other',
  solved: 'solved',
  closed: 'closed',
};

/** The meaning of a status. */
export function standing(status: Status): Standing {
  return STANDINGS[status];
}

/** Authors may correct a message for so long, in milliseconds. */
export const CORRECTABLE = 15 * 60_000;
/** Most characters of a message, and of the text of a new request. */
export const LONGEST = { message: 60_000, comment: 20_000 };
