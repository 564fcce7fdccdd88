// Whether a worker lives, and how much of all is in use.
import type { Worker } from '../types';

export type Life = 'working' | 'draining' | 'gone';

/** Workers tell of themselves every five seconds; after this time, in milliseconds, their jobs are given to others. */
export const SILENCE = 30_000;

/** Alive, ending, or not heard of any more at the time `now`, in milliseconds. */
export function lifeOf(worker: Pick<Worker, 'seen_at' | 'state'>, now: number): Life {
  return now - new Date(worker.seen_at).getTime() > SILENCE ? 'gone' : worker.state;
}

/** Slots of the workers that live. */
export function slotsOf(workers: Pick<Worker, 'seen_at' | 'state' | 'running' | 'concurrency'>[], now: number) {
  const living = workers.filter(worker => lifeOf(worker, now) !== 'gone');
  return {
    living: living.length,
    used: living.reduce((sum, worker) => sum + worker.running.length, 0),
    all: living.reduce((sum, worker) => sum + worker.concurrency, 0),
  };
}
