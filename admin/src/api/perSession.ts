// A value that is read once for a log-in and forgotten with it.
import { connection, whenOnline } from './connection';
import { emitter } from './emitter';
import { isEqual } from './equal';
import { ApiError, isUnreachable } from './http';
import { sleep } from './retry';
import { onSessionChange, onTokenRenewed, session } from './session';

/** A value of the log-in. */
export interface PerSession<T> {
  /** Reads it, unless it is known. */
  load(): Promise<T>;
  /** Reads it again; what is known stays until then. */
  reload(): Promise<T>;
  /** What is known now. */
  current(): T | undefined;
  /** Calls `listener` when [`current`] changes. */
  subscribe(listener: () => void): () => void;
}

/** A value that `read` fetches, given what was known of it. */
export function perSession<T>(read: (known: T | undefined) => Promise<T>): PerSession<T> {
  const changes = emitter();
  let key = '';
  let value: T | undefined;
  let pending: Promise<T> | undefined;

  const forget = () => {
    const next = session()?.session_id ?? '';
    if (next === key) return;
    const had = value !== undefined;
    key = next;
    value = undefined;
    pending = undefined;
    if (had) changes.emit();
  };
  const reload = (): Promise<T> => {
    forget();
    const mine = key;
    const run = insist(() => read(value)).then(
      next => {
        if (key === mine) {
          pending = undefined;
          if (!isEqual(value, next)) {
            value = next;
            changes.emit();
          }
        }
        return next;
      },
      error => {
        if (key === mine) pending = undefined;
        throw error;
      },
    );
    pending = run;
    return run;
  };
  const load = (): Promise<T> => {
    forget();
    if (value !== undefined) return Promise.resolve(value);
    return pending ?? reload();
  };

  const refresh = () => {
    forget();
    if (value !== undefined && !pending) reload().catch(() => undefined);
  };
  onSessionChange(refresh);
  // Rights may have changed: that is what voids a token early.
  onTokenRenewed(refresh);
  return { load, reload, current: () => value, subscribe: changes.on };
}

/** Attempts while Stoa answers, but with failures of its own. */
const MAX_ATTEMPTS = 5;

/** Nothing works without the value, so it waits for Stoa as long as the log-in lasts. */
async function insist<T>(read: () => Promise<T>): Promise<T> {
  const person = session()?.session_id;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await read();
    } catch (error) {
      const passing = error instanceof ApiError && (error.status === 0 || error.status === 429 || error.status >= 500);
      if (!passing || session()?.session_id !== person) throw error;
      if (isUnreachable(error) && connection() === 'offline') await whenOnline();
      else if (attempt < MAX_ATTEMPTS) await sleep(1000 * attempt);
      else throw error;
    }
  }
}
