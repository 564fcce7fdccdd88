// Whether Stoa can be reached: lost by a failed request, found again by asking until it answers.
import { useEffect, useSyncExternalStore } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { emitter } from './emitter';
import { queryClient, setQueryClient } from './queries';

/** `offline` while Stoa does not answer. */
export type Connection = 'online' | 'offline';

const FIRST_DELAY = 1000;
const LONGEST_DELAY = 15_000;
const PATIENCE = 4000;

const changes = emitter();
let state: Connection = 'online';
let probing: Promise<void> | undefined;
let wake: (() => void) | undefined;

/** Whether Stoa can be reached as far as is known. */
export function connection(): Connection {
  return state;
}

/** Calls `listener` whenever the connection is lost or found. */
export function onConnectionChange(listener: () => void): () => void {
  return changes.on(listener);
}

/** Stoa answered. */
export function noteAnswer(): void {
  if (state === 'online') return;
  state = 'online';
  changes.emit();
  wake?.();
  // What failed or grew old meanwhile is read again where it is on screen.
  void queryClient()?.refetchQueries({ type: 'active' });
}

/**
 * A request did not reach Stoa. One more question decides, so that a single lost packet alarms nobody. Resolves when Stoa
 * has answered since.
 */
export function noteFailure(): Promise<void> {
  probing ??= probe().finally(() => {
    probing = undefined;
  });
  return probing;
}

/** Resolves when Stoa can be reached. */
export function whenOnline(signal?: AbortSignal): Promise<void> {
  if (state === 'online') return Promise.resolve();
  return new Promise((resolve, reject) => {
    const off = changes.on(() => {
      if (state === 'online') finish(resolve);
    });
    const abort = () => finish(() => reject(signal?.reason));
    const finish = (then: () => void) => {
      off();
      signal?.removeEventListener('abort', abort);
      then();
    };
    signal?.addEventListener('abort', abort);
  });
}

async function probe(): Promise<void> {
  for (let delay = FIRST_DELAY; ; delay = Math.min(delay * 2, LONGEST_DELAY)) {
    if (await answers()) {
      noteAnswer();
      return;
    }
    if (state === 'online') {
      state = 'offline';
      changes.emit();
    }
    await pause(delay);
    // Another request got through while this one waited.
    if ((connection() as Connection) === 'online') return;
  }
}

async function answers(): Promise<boolean> {
  try {
    const response = await fetch('/health/ready', { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE) });
    return response.ok;
  } catch {
    return false;
  }
}

/** Waits, but not when there is reason to ask at once. */
function pause(delay: number): Promise<void> {
  return new Promise(resolve => {
    const timer = setTimeout(done, delay);
    function done() {
      clearTimeout(timer);
      wake = undefined;
      resolve();
    }
    wake = done;
  });
}

if (typeof window !== 'undefined') {
  window.addEventListener('online', () => wake?.());
  window.addEventListener('offline', noteFailure);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) wake?.();
  });
}

/** Whether Stoa can be reached; refetches what is on screen when it can again. */
export function useConnection(): Connection {
  const client = useQueryClient();
  useEffect(() => setQueryClient(client), [client]);
  return useSyncExternalStore(onConnectionChange, connection);
}
