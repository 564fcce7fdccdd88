// Parts of a job that list and page show alike: how far it is, its attempts, when something happens next.
import { Box, LinearProgress, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { TimeNear, formatDuration, useNow } from '../components';
import type { Job } from '../types';
import { isOpen } from './standing';

/** How far a running job is, with what it says of itself; nothing for those that do not tell. */
export function JobProgress({ job }: { job: Job }) {
  const t = useTranslate();
  const { progress, progress_note: note } = job;
  if (!isOpen(job) || (progress === null && !note)) return null;
  return (
    <Box sx={{ minWidth: 110, maxWidth: 320 }}>
      {progress !== null && (
        <LinearProgress
          variant="determinate"
          value={progress}
          aria-label={t('stoa.jobs.progress', { percent: progress })}
          sx={{ height: 6, borderRadius: 3, mt: 0.5 }}
        />
      )}
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary', overflowWrap: 'anywhere' }}>
        {progress !== null && `${progress} %`}
        {progress !== null && note && ' · '}
        {note}
      </Typography>
    </Box>
  );
}

/** Attempts so far, of how many. */
export function JobAttempts({ job }: { job: Job }) {
  const t = useTranslate();
  return (
    <Box
      component="span"
      sx={{ whiteSpace: 'nowrap', color: job.state === 'dead' ? 'error.main' : undefined }}
    >
      {t('stoa.jobs.attemptsOf', { attempt: job.attempt, max: job.max_attempts })}
    </Box>
  );
}

/** For how long something goes on. */
export function Lasting({ since }: { since: string }) {
  const t = useTranslate();
  const now = useNow();
  return (
    <time dateTime={since} style={{ whiteSpace: 'nowrap' }}>
      {t('stoa.jobs.runningFor', { time: formatDuration(now - new Date(since).getTime()) })}
    </time>
  );
}

/** When it runs next, how long it runs, or when it ended. */
export function JobWhen({ job }: { job: Job }) {
  const t = useTranslate();
  if (job.state === 'ready') return <TimeNear value={job.run_at} past={t('stoa.jobs.dueNow')} />;
  if (job.state === 'leased') return job.started_at ? <Lasting since={job.started_at} /> : <>–</>;
  return (
    <Box component="span" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
      {t('stoa.jobs.ended')} <TimeNear value={job.finished_at} />
    </Box>
  );
}
