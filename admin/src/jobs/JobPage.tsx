// One job: how it stands and what comes next, why it failed, all its times, and who does it.
import { Alert, Box, Card, Link, Stack, Typography } from '@mui/material';
import { useGetOne, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useActing } from '../api/company';
import { useEverywhere } from '../api/everywhere';
import { useMay } from '../api/permissions';
import { CompanyName } from '../companies/CompanyName';
import { PersonName, SectionCard, TimeNear, formatDateTime, formatDuration, useNow } from '../components';
import { Fact } from '../structure/Fact';
import { Moment } from '../structure/Moment';
import { ShowPage } from '../structure/ShowPage';
import { MONO } from '../theme';
import type { Job, Worker } from '../types';
import { JobActs, usePlace } from './JobActs';
import { JobAttempts, JobProgress } from './JobParts';
import { JobStateChip } from './JobStateChip';
import { useKindWords } from './kinds';
import { jobRefresh, standingOf, type Standing } from './standing';

/** Ended jobs are forgotten after so long, in milliseconds. */
const KEPT = 7 * 86_400_000;

const SEVERITY: Record<Standing, 'info' | 'success' | 'warning' | 'error'> = {
  waiting: 'info',
  scheduled: 'info',
  retrying: 'warning',
  running: 'info',
  stopping: 'warning',
  lost: 'warning',
  done: 'success',
  dead: 'error',
  cancelled: 'info',
};

function State({ job }: { job: Job }) {
  const t = useTranslate();
  const standing = standingOf(job, useNow());
  return (
    <Card sx={{ p: { xs: 1.5, sm: 2 } }}>
      <Stack direction="row" sx={{ gap: 1.5, alignItems: 'center', flexWrap: 'wrap', mb: 1.5 }}>
        <JobStateChip job={job} />
        <Box sx={{ color: 'text.secondary' }}>
          {t('stoa.jobs.attempts')}: <JobAttempts job={job} />
        </Box>
      </Stack>
      <Alert severity={SEVERITY[standing]} sx={{ mb: 1.5 }}>
        {t(`stoa.jobs.next.${standing}`, { smart_count: job.attempt })}
        {job.state === 'ready' && (
          <Box>
            {t('stoa.jobs.when')}: <TimeNear value={job.run_at} past={t('stoa.jobs.dueNow')} />
          </Box>
        )}
      </Alert>
      <JobProgress job={job} />
      {job.last_error && (
        <Fact label={t('stoa.jobs.why')}>
          <Typography
            component="pre"
            sx={{
              m: 0,
              mt: 0.5,
              p: 1,
              borderRadius: 1,
              bgcolor: 'background.default',
              fontFamily: MONO,
              fontSize: '0.85rem',
              whiteSpace: 'pre-wrap',
              overflowWrap: 'anywhere',
            }}
          >
            {job.last_error}
          </Typography>
        </Fact>
      )}
      <Box sx={{ mt: 1.5 }}>
        <JobActs job={job} />
      </Box>
    </Card>
  );
}

function Times({ job }: { job: Job }) {
  const t = useTranslate();
  const fact = (name: string) => t(`stoa.jobs.facts.${name}`);
  const took =
    job.started_at && job.finished_at
      ? new Date(job.finished_at).getTime() - new Date(job.started_at).getTime()
      : undefined;
  return (
    <SectionCard title={t('stoa.jobs.sections.times')}>
      <Moment label={t('stoa.jobs.added')} value={job.created_at} />
      <Moment label={fact('run_at')} value={job.run_at} />
      <Moment label={fact('started_at')} value={job.started_at} />
      <Moment label={fact('finished_at')} value={job.finished_at} />
      {took !== undefined && took >= 0 && job.state !== 'cancelled' && (
        <Fact label={fact('took')}>{formatDuration(took)}</Fact>
      )}
      {job.finished_at && (
        <Fact label={fact('forgotten')}>
          {t('stoa.jobs.facts.forgottenAt', {
            when: formatDateTime(new Date(new Date(job.finished_at).getTime() + KEPT).toISOString()),
          })}
        </Fact>
      )}
    </SectionCard>
  );
}

/** Which worker it is, for those who may know. */
function WorkerName({ id }: { id: string }) {
  const t = useTranslate();
  const acting = useActing();
  const may = useMay('workers', 'list') && !acting;
  const { data, isPending } = useGetOne<Worker>('workers', { id }, { enabled: may, retry: false });
  if (!may) return <span title={id}>{t('stoa.jobs.facts.someWorker')}</span>;
  if (isPending) return <>…</>;
  if (!data) return <span title={id}>{t('stoa.jobs.facts.goneWorker')}</span>;
  return (
    <Link component={RouterLink} to="/workers">
      {data.host} · {t('stoa.jobs.workers.process', { pid: data.pid })}
    </Link>
  );
}

function Work({ job }: { job: Job }) {
  const t = useTranslate();
  const everywhere = useEverywhere();
  const fact = (name: string) => t(`stoa.jobs.facts.${name}`);
  return (
    <SectionCard title={t('stoa.jobs.sections.work')}>
      {everywhere && (
        <Fact label={t('resources.companies.name', { smart_count: 1 })}>
          {job.company_id ? (
            <Link component={RouterLink} to={`/companies/${job.company_id}`}>
              <CompanyName id={job.company_id} />
            </Link>
          ) : (
            <CompanyName id={null} />
          )}
        </Fact>
      )}
      <Fact label={fact('worker')}>{job.lease_owner ? <WorkerName id={job.lease_owner} /> : fact('noWorker')}</Fact>
      {job.lease_until && (
        <Moment label={fact('lease_until')} value={job.lease_until}>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {fact('leaseHelp')}
          </Typography>
        </Moment>
      )}
      {job.fence > 0 && <Fact label={fact('fence')}>{t('stoa.jobs.facts.times', { smart_count: job.fence })}</Fact>}
      <Fact label={fact('priority')}>
        {job.priority}
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {fact('priorityHelp')}
        </Typography>
      </Fact>
      <Fact label={t('resources.jobs.fields.created_by')}>
        {job.created_by ? <PersonName id={job.created_by} /> : fact('system')}
      </Fact>
    </SectionCard>
  );
}

function Links({ job }: { job: Job }) {
  const t = useTranslate();
  const place = usePlace(job.kind);
  const audit = useMay('audit_log', 'list');
  const filtered = (filter: object) => encodeURIComponent(JSON.stringify(filter));
  const links = [
    place && { to: `/${place}`, label: t('stoa.jobs.links.place', { name: t(`resources.${place}.name`, { smart_count: 2 }) }) },
    audit && {
      to: `/audit_log?filter=${filtered({ resource: 'jobs', resource_id: job.id })}`,
      label: t('stoa.jobs.links.audit'),
    },
    { to: `/jobs?filter=${filtered({ kind: job.kind })}`, label: t('stoa.jobs.links.alike') },
    { to: '/jobs', label: t('stoa.jobs.links.all') },
  ];
  return (
    <SectionCard title={t('stoa.jobs.sections.links')}>
      <Stack sx={{ gap: 0.75, alignItems: 'flex-start' }}>
        {links.map(
          link =>
            link && (
              <Link key={link.to} component={RouterLink} to={link.to}>
                {link.label}
              </Link>
            )
        )}
      </Stack>
    </SectionCard>
  );
}

/** Page of a job. */
export default function JobPage() {
  const words = useKindWords();
  return (
    <ShowPage<Job>
      title={job => words(job.kind)}
      refreshEvery={jobRefresh}
      render={job => <State job={job} />}
      aside={job => (
        <>
          <Times job={job} />
          <Work job={job} />
          <Links job={job} />
        </>
      )}
    />
  );
}
