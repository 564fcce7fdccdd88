// Jobs and the workers that do them.
import type { StoaRecord } from './base';

export const JOB_STATES = ['ready', 'leased', 'done', 'dead', 'cancelled'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** A piece of work for workers. */
export interface Job extends StoaRecord {
  /** Attempts so far. */
  attempt: number;
  /** Someone asked to cancel it while a worker had it. */
  cancel_requested: boolean;
  /** Counts the leases. */
  fence: number;
  /** When it was done, given up or cancelled. */
  finished_at: string | null;
  /** What is to be done, such as `emails.send`. */
  kind: string;
  /** Why the last attempt failed. */
  last_error: string | null;
  /** Worker that has it. */
  lease_owner: string | null;
  /** The worker has it until then, unless it says again that it lives. */
  lease_until: string | null;
  /** After so many attempts it is given up. */
  max_attempts: number;
  /** Jobs with a smaller number are taken first. */
  priority: number;
  /** How much of the work is done, in percent, when the work tells. */
  progress: number | null;
  /** What the work does at the moment, when it tells. */
  progress_note: string | null;
  /** Not before this time. */
  run_at: string;
  /** When the last attempt began. */
  started_at: string | null;
  /** How far it has come. */
  state: JobState;
}

/** A process that does jobs. It belongs to the platform. */
export interface Worker extends StoaRecord {
  /** Attempts that it finished since it began. */
  attempts: number;
  /** The command that it runs: `serve` or `worker`. */
  command: string;
  /** Jobs that it does at the same time. */
  concurrency: number;
  /** Name of the machine. */
  host: string;
  /** Number of the process. */
  pid: number;
  /** Version of the program. */
  program: string;
  /** Jobs that it has. */
  running: { job_id: string; kind: string; started_at: string }[];
  /** When it was last heard of. */
  seen_at: string;
  /** What it is about. */
  state: 'working' | 'draining';
}
