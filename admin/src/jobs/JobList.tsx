// The jobs of the company; for an operator outside companies, of all: how far each is, and what went wrong.
import PlaylistPlayIcon from '@mui/icons-material/PlaylistPlay';
import { Box, Button, Stack } from '@mui/material';
import { DataTable, SelectInput, useStore, useTranslate } from 'react-admin';
import { useEverywhere } from '../api/everywhere';
import { useMay } from '../api/permissions';
import { CompanyName } from '../companies/CompanyName';
import { TimeAgo } from '../components';
import { FilterSlot } from '../structure/FilterSlot';
import { ListNote } from '../structure/ListNote';
import { ListPage } from '../structure/ListPage';
import { RowLink } from '../structure/RowLink';
import { JOB_STATES, type Job } from '../types';
import { JobActs } from './JobActs';
import { JobAttempts, JobProgress, JobWhen } from './JobParts';
import { JobStateChip } from './JobStateChip';
import { ALL_KINDS, COMPANY_KINDS, ROUTINE_KINDS, useKindWords } from './kinds';
import { listRefresh } from './standing';

/** What it is, as a way to its page. */
function Kind({ job, opens }: { job: Job; opens: boolean }) {
  const words = useKindWords();
  return (
    <Box sx={{ minWidth: 150 }} title={job.kind}>
      <RowLink id={job.id} opens={opens}>
        {words(job.kind)}
      </RowLink>
    </Box>
  );
}

function Fault({ job }: { job: Job }) {
  if (!job.last_error) return null;
  return (
    <Box
      title={job.last_error}
      sx={{
        color: job.state === 'dead' ? 'error.main' : 'text.secondary',
        maxWidth: 280,
        overflow: 'hidden',
        textOverflow: 'ellipsis',
        whiteSpace: 'nowrap',
      }}
    >
      {job.last_error}
    </Box>
  );
}

/** Says that routine work is hidden, and shows it. */
function Routine({ shown, show }: { shown: boolean; show: (shown: boolean) => void }) {
  const t = useTranslate();
  return (
    <ListNote
      action={
        <Button color="inherit" onClick={() => show(!shown)}>
          {t(`stoa.jobs.routine.${shown ? 'hide' : 'show'}`)}
        </Button>
      }
    >
      {t(`stoa.jobs.routine.${shown ? 'shown' : 'hidden'}`)}
    </ListNote>
  );
}

/** List of jobs. */
export default function JobList() {
  const t = useTranslate();
  const words = useKindWords();
  const opens = useMay('jobs', 'show');
  const everywhere = useEverywhere();
  const [routine, showRoutine] = useStore('jobs.routine', false);
  const hides = everywhere && !routine;
  const kinds = everywhere ? ALL_KINDS : COMPANY_KINDS;
  return (
    <ListPage<Job>
      icon={<PlaylistPlayIcon />}
      sort={{ field: 'created_at', order: 'DESC' }}
      searchable={false}
      creates={false}
      deletes="none"
      mayOpen={() => opens}
      refreshEvery={listRefresh}
      // Thousands a day, of which only those that failed are worth a look.
      filter={hides ? { not: { kind_in: ROUTINE_KINDS, state: 'done' } } : undefined}
      before={
        everywhere ? (
          <Routine shown={routine} show={showRoutine} />
        ) : (
          <ListNote>{t('stoa.jobs.about')}</ListNote>
        )
      }
      filters={
        <>
          <FilterSlot width={140}>
            <SelectInput
              source="state"
              choices={JOB_STATES.map(id => ({ id, name: t(`stoa.jobs.states.${id}`) }))}
              fullWidth
            />
          </FilterSlot>
          <FilterSlot width={230}>
            <SelectInput source="kind" choices={kinds.map(id => ({ id, name: words(id) }))} fullWidth />
          </FilterSlot>
        </>
      }
      columns={[
        <DataTable.Col<Job>
          key="kind"
          source="kind"
          disableSort
          render={job => (
            <>
              <Kind job={job} opens={opens} />
              <JobProgress job={job} />
            </>
          )}
        />,
        everywhere && (
          <DataTable.Col<Job>
            key="company_id"
            source="company_id"
            label={t('resources.companies.name', { smart_count: 1 })}
            disableSort
            render={job => (
              <Box sx={{ whiteSpace: 'nowrap' }}>
                <CompanyName id={job.company_id} />
              </Box>
            )}
          />
        ),
        <DataTable.Col<Job> key="state" source="state" disableSort render={job => <JobStateChip job={job} />} />,
        <DataTable.Col<Job>
          key="attempt"
          source="attempt"
          disableSort
          render={job => <JobAttempts job={job} />}
        />,
        <DataTable.Col<Job>
          key="run_at"
          source="run_at"
          label={t('stoa.jobs.when')}
          disableSort
          render={job => <JobWhen job={job} />}
        />,
        <DataTable.Col<Job> key="last_error" source="last_error" disableSort render={job => <Fault job={job} />} />,
        <DataTable.Col<Job>
          key="created_at"
          source="created_at"
          label={t('stoa.jobs.added')}
          sortByOrder="DESC"
          render={job => <TimeAgo value={job.created_at} />}
        />,
        <DataTable.Col<Job>
          key="acts"
          label={t('stoa.jobs.acts')}
          disableSort
          sx={{ textAlign: 'right' }}
          render={job => <JobActs job={job} compact />}
        />,
      ]}
      card={job => ({
        title: words(job.kind),
        end: <JobStateChip job={job} />,
        lines: [
          everywhere && <CompanyName key="company" id={job.company_id} />,
          <Stack key="when" direction="row" component="span" sx={{ gap: 1, flexWrap: 'wrap' }}>
            <JobWhen job={job} />
            <span aria-hidden>·</span>
            <span>
              {t('stoa.jobs.attempts')}: <JobAttempts job={job} />
            </span>
          </Stack>,
          job.last_error && (
            <Box key="error" sx={{ color: job.state === 'dead' ? 'error.main' : undefined }}>
              {job.last_error}
            </Box>
          ),
        ],
        below: <JobProgress job={job} />,
      })}
    />
  );
}
