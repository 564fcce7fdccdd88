// Keys that make a write safe to repeat: the same key for the same data until Stoa gave a definite answer.
import { ApiError } from './http';
import { randomKey } from './random';

/** Stoa remembers a key for a day. */
const LIFETIME = 23 * 3600_000;
/** Answers after which the write may or may not have happened. */
const OPEN = ['unreachable', 'dependency_unavailable', 'idempotency_in_flight', 'overloaded', 'internal'];

const keys = new Map<string, { key: string; at: number }>();

/**
 * Runs `write` with a key for this target and data. When its outcome stays unknown, the next call with the same data
 * within `lifetime` milliseconds gets the same key, so that nothing happens twice.
 */
export async function once<T>(
  target: string,
  data: unknown,
  write: (key: string) => Promise<T>,
  lifetime = LIFETIME,
): Promise<T> {
  const name = `${target} ${JSON.stringify(data ?? null)}`;
  const kept = keys.get(name);
  const key = kept && Date.now() - kept.at < lifetime ? kept.key : randomKey();
  keys.set(name, { key, at: Date.now() });
  try {
    const answer = await write(key);
    keys.delete(name);
    return answer;
  } catch (error) {
    if (!(error instanceof ApiError) || !OPEN.includes(error.code)) keys.delete(name);
    throw error;
  }
}
