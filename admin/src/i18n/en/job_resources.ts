// Names of the resources of jobs and workers and of their fields, and the words of their lists.
import { recordFields } from './record_fields';

/** Beside the names of the other resources. */
export const jobResources = {
  jobs: {
    name: 'Job |||| Jobs',
    fields: {
      ...recordFields,
      attempt: 'Attempts',
      cancel_requested: 'Asked to stop',
      fence: 'Taken',
      finished_at: 'Ended',
      kind: 'What',
      last_error: 'Last error',
      lease_owner: 'Worker',
      lease_until: 'Kept until',
      max_attempts: 'Most attempts',
      priority: 'Urgency',
      progress: 'Progress',
      progress_note: 'What it does',
      run_at: 'Not before',
      started_at: 'Last attempt began',
      state: 'State',
    },
  },
  workers: {
    name: 'Worker |||| Workers',
    fields: {
      ...recordFields,
      attempts: 'Attempts done',
      command: 'Command',
      concurrency: 'Slots',
      created_at: 'Since',
      host: 'Host',
      pid: 'Process',
      program: 'Version',
      running: 'Does now',
      seen_at: 'Last beat',
      state: 'State',
    },
  },
};

/** Beside the words of the other lists and forms. */
export const jobLists = {
  jobs: {
    create: '',
    empty: 'No jobs',
    emptyBody: '',
    emptyReader: 'Mail, webhooks and other work that nobody waits for shows here while it is done, and for seven days after.',
  },
  workers: {
    create: '',
    empty: 'No workers',
    emptyBody: '',
    emptyReader: 'Nobody works on jobs. Start `stoa serve` with jobs enabled, or `stoa worker`.',
  },
};
