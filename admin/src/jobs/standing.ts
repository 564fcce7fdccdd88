// How a job stands, what may be done with it, and when to look again.
import type { Job } from '../types';

export type Standing =
  | 'waiting'
  | 'scheduled'
  | 'retrying'
  | 'running'
  | 'stopping'
  | 'lost'
  | 'done'
  | 'dead'
  | 'cancelled';

/** Milliseconds between two looks while something goes on, and while nothing does. */
const BUSY = 3_000;
const QUIET = 10_000;

type Told = Pick<Job, 'state' | 'run_at' | 'attempt' | 'lease_until' | 'cancel_requested'>;

/** Where the job stands at the time `now`, in milliseconds. */
export function standingOf(job: Told, now: number): Standing {
  switch (job.state) {
    case 'ready':
      if (new Date(job.run_at).getTime() <= now) return 'waiting';
      return job.attempt > 0 ? 'retrying' : 'scheduled';
    case 'leased':
      // Whoever had it was not heard of in time; another worker gets it.
      if (job.lease_until && new Date(job.lease_until).getTime() < now) return 'lost';
      return job.cancel_requested ? 'stopping' : 'running';
    default:
      return job.state;
  }
}

/** Whether it can be tried again. */
export function canRetry(job: Pick<Job, 'state'>): boolean {
  return job.state === 'dead' || job.state === 'cancelled';
}

/** Whether it can be cancelled; who was asked to stop is not asked twice. */
export function canCancel(job: Pick<Job, 'state' | 'cancel_requested'>): boolean {
  return job.state === 'ready' || (job.state === 'leased' && !job.cancel_requested);
}

/** Whether something will still happen to it by itself. */
export function isOpen(job: Pick<Job, 'state'>): boolean {
  return job.state === 'ready' || job.state === 'leased';
}

/** When to look at the list again. */
export function listRefresh(jobs: Pick<Job, 'state'>[] | undefined): number {
  return jobs?.some(isOpen) ? BUSY : QUIET;
}

/** When to look at a job again: one that has ended changes no more. */
export function jobRefresh(job: Pick<Job, 'state'> | undefined): number | false {
  return job && isOpen(job) ? BUSY : false;
}
