// Which failed requests are tried again, and when.
import { ApiError } from './http';

const PAUSES = [400, 1200, 3000];
/** Longest `Retry-After` that is worth waiting for, in seconds. */
const PATIENCE = 10;
/** Failures that pass by themselves. */
const PASSING = ['unreachable', 'dependency_unavailable', 'idempotency_in_flight'];

/** Resolves after `ms`; rejects when `signal` is aborted first. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', abort, { once: true });
  });
}

/** Milliseconds until the next attempt after `tries` failures, the last being `error`; none to give up. */
export function pauseBefore(error: unknown, tries: number): number | undefined {
  if (!(error instanceof ApiError)) return undefined;
  const usual = PAUSES[tries];
  if (usual === undefined) return undefined;
  if (error.retryAfter !== undefined && [429, 503].includes(error.status)) {
    return error.retryAfter <= PATIENCE ? Math.max(error.retryAfter * 1000, usual) : undefined;
  }
  return PASSING.includes(error.code) ? usual : undefined;
}

/** Makes attempts until one succeeds, fails for good, or there were enough. Only for what may be repeated. */
export async function persist<T>(attempt: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const pause = pauseBefore(error, tries);
      if (pause === undefined || signal?.aborted) throw error;
      // Spread, so that many clients do not come back in the same moment.
      await sleep(pause * (0.75 + Math.random() / 2), signal);
    }
  }
}
