// The processes that do jobs, for operators: which live, and what they do now.
import MemoryIcon from '@mui/icons-material/Memory';
import { Box, Card, LinearProgress, Link, Typography } from '@mui/material';
import { DataTable, Title, useListContext, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useActing } from '../api/company';
import { EmptyState, TimeAgo, TimeNear, ToneChip, useNow, type Tone } from '../components';
import { Lasting } from '../jobs/JobParts';
import { useKindWords } from '../jobs/kinds';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import type { Worker } from '../types';
import { lifeOf, slotsOf, type Life } from './alive';

/** Milliseconds between two looks: as often as workers tell of themselves. */
const BEAT = 5_000;
/** Jobs of a worker that are named. */
const MOST = 6;

const TONES: Record<Life, Tone> = { working: 'success', draining: 'warning', gone: 'error' };

function LifeChip({ worker }: { worker: Worker }) {
  const t = useTranslate();
  const life = lifeOf(worker, useNow());
  return (
    <ToneChip
      tone={TONES[life]}
      label={t(`stoa.jobs.workers.${life}`)}
      why={life === 'working' ? '' : t(`stoa.jobs.workers.${life}Help`)}
    />
  );
}

function Slots({ worker }: { worker: Worker }) {
  const t = useTranslate();
  const used = worker.running.length;
  return (
    <Box sx={{ minWidth: 110 }}>
      <LinearProgress
        variant="determinate"
        value={Math.min(100, (100 * used) / worker.concurrency)}
        aria-label={t('stoa.jobs.workers.slotsLabel', { host: worker.host })}
        sx={{ height: 6, borderRadius: 3, mb: 0.25 }}
      />
      <Typography variant="caption" sx={{ color: 'text.secondary', whiteSpace: 'nowrap' }}>
        {t('stoa.jobs.workers.slots', { used, all: worker.concurrency })}
      </Typography>
    </Box>
  );
}

function Doing({ worker }: { worker: Worker }) {
  const t = useTranslate();
  const words = useKindWords();
  const { running } = worker;
  if (!running.length) return <Box sx={{ color: 'text.secondary' }}>{t('stoa.jobs.workers.idle')}</Box>;
  return (
    <Box component="ul" sx={{ m: 0, p: 0, listStyle: 'none' }}>
      {running.slice(0, MOST).map(job => (
        <li key={job.job_id}>
          <Link component={RouterLink} to={`/jobs/${job.job_id}`} underline="hover">
            {words(job.kind)}
          </Link>{' '}
          <Box component="span" sx={{ color: 'text.secondary' }}>
            <Lasting since={job.started_at} />
          </Box>
        </li>
      ))}
      {running.length > MOST && (
        <Box component="li" sx={{ color: 'text.secondary' }}>
          {t('stoa.jobs.workers.more', { smart_count: running.length - MOST })}
        </Box>
      )}
    </Box>
  );
}

function Host({ worker }: { worker: Worker }) {
  const t = useTranslate();
  return (
    <Box sx={{ minWidth: 120 }}>
      <Box sx={{ fontWeight: 600 }}>{worker.host}</Box>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.jobs.workers.process', { pid: worker.pid })} ·{' '}
        {t(`stoa.jobs.workers.commands.${worker.command}`, { _: worker.command })}
      </Typography>
    </Box>
  );
}

/** How much of all is in use; a warning when nobody works. */
function Summary() {
  const t = useTranslate();
  const { data } = useListContext<Worker>();
  const now = useNow();
  if (!data) return null;
  const { living, used, all } = slotsOf(data, now);
  return (
    <ListNote severity={living ? 'info' : 'error'}>
      {living
        ? t('stoa.jobs.workers.busy', { smart_count: living, used, all })
        : t('stoa.jobs.workers.none')}
    </ListNote>
  );
}

function Workers() {
  const t = useTranslate();
  return (
    <ListPage<Worker>
      icon={<MemoryIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      refreshEvery={() => BEAT}
      before={<Summary />}
      columns={[
        <DataTable.Col<Worker> key="host" source="host" disableSort render={worker => <Host worker={worker} />} />,
        <DataTable.Col<Worker>
          key="state"
          source="state"
          disableSort
          render={worker => <LifeChip worker={worker} />}
        />,
        <DataTable.Col<Worker>
          key="seen_at"
          source="seen_at"
          disableSort
          render={worker => <TimeNear value={worker.seen_at} />}
        />,
        <DataTable.Col<Worker>
          key="running"
          source="running"
          disableSort
          render={worker => <Doing worker={worker} />}
        />,
        <DataTable.Col<Worker>
          key="concurrency"
          source="concurrency"
          disableSort
          render={worker => <Slots worker={worker} />}
        />,
        <DataTable.Col<Worker>
          key="attempts"
          source="attempts"
          disableSort
          render={worker => worker.attempts.toLocaleString()}
        />,
        <DataTable.Col<Worker> key="program" source="program" disableSort />,
        <DataTable.Col<Worker>
          key="created_at"
          source="created_at"
          sortByOrder="DESC"
          render={worker => <TimeAgo value={worker.created_at} />}
        />,
      ]}
      card={worker => ({
        title: worker.host,
        end: <LifeChip worker={worker} />,
        lines: [
          `${t('stoa.jobs.workers.process', { pid: worker.pid })} · ${worker.program}`,
          <span key="seen">
            {t('resources.workers.fields.seen_at')}: <TimeNear value={worker.seen_at} />
          </span>,
          <Doing key="doing" worker={worker} />,
        ],
        below: (
          <Box sx={{ mt: 0.75 }}>
            <Slots worker={worker} />
          </Box>
        ),
      })}
    />
  );
}

/** List of workers. */
export default function WorkerList() {
  const t = useTranslate();
  const acting = useActing();
  if (!acting) return <Workers />;
  return (
    <Card sx={{ mt: 1 }}>
      <Title title={t('resources.workers.name', { smart_count: 2 })} />
      <EmptyState icon={<MemoryIcon />} title={t('resources.workers.name', { smart_count: 2 })} body={t('stoa.jobs.workers.inside')} />
    </Card>
  );
}
