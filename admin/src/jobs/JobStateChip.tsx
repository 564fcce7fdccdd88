// How a job stands, as a small label.
import { useTranslate } from 'react-admin';
import { ToneChip, useNow, type Tone } from '../components';
import type { Job } from '../types';
import { isOpen, standingOf, type Standing } from './standing';

/** What the colour of each standing says. */
export const TONES: Record<Standing, Tone> = {
  waiting: 'info',
  scheduled: 'default',
  retrying: 'warning',
  running: 'primary',
  stopping: 'warning',
  lost: 'error',
  done: 'success',
  dead: 'error',
  cancelled: 'default',
};

/** Waiting, running, done, given up, and so on; what comes next is in its tooltip. */
export function JobStateChip({ job }: { job: Job }) {
  const t = useTranslate();
  // What has ended stands as it stands.
  const standing = standingOf(job, useNow(isOpen(job)));
  return (
    <ToneChip
      tone={TONES[standing]}
      label={t(`stoa.jobs.standings.${standing}`)}
      why={t(`stoa.jobs.next.${standing}`, { smart_count: job.attempt })}
    />
  );
}
