// What can be done with a job: try it again, cancel it.
import { Alert, Button, Link, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useNotify, useResourceDefinitions, useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { useMay } from '../api/permissions';
import { ConfirmDialog } from '../components';
import { useHold } from '../structure/hold';
import { useAct } from '../structure/useAct';
import type { Job } from '../types';
import { PLACES, SETTLED_ELSEWHERE, useKindWords } from './kinds';
import { canCancel, canRetry } from './standing';

/** The list in which the work of the job stands, where there is one that the reader may see. */
export function usePlace(kind: string): string | undefined {
  const place = PLACES[kind] ?? '';
  const may = useMay(place, 'list');
  const pages = useResourceDefinitions();
  return may && pages[place]?.hasList ? place : undefined;
}

/** Says that the job alone sends nothing again, and where that is done. */
function Elsewhere({ job }: { job: Job }) {
  const t = useTranslate();
  const place = usePlace(job.kind);
  if (!SETTLED_ELSEWHERE.includes(job.kind)) return null;
  return (
    <Alert severity="info" sx={{ mt: 2 }}>
      {t('stoa.jobs.retry.settled')}
      {place && (
        <>
          {' '}
          <Link component={RouterLink} to={`/${place}`}>
            {t('stoa.jobs.retry.toPlace', { name: t(`resources.${place}.name`, { smart_count: 2 }) })}
          </Link>
        </>
      )}
    </Alert>
  );
}

/** Buttons with their questions; nothing where nothing can be done. */
export function JobActs({ job, compact = false }: { job: Job; compact?: boolean }) {
  const t = useTranslate();
  const notify = useNotify();
  const words = useKindWords();
  const mayRetry = useMay('jobs', 'retry') && canRetry(job);
  const mayCancel = useMay('jobs', 'cancel') && canCancel(job);
  const [asking, setAsking] = useState<'retry' | 'cancel'>();
  useHold(asking !== undefined);
  const { run, busy, refusal, forget } = useAct<Job>('jobs', job.id, answer => answer);

  const ask = (act: 'retry' | 'cancel') => {
    forget();
    setAsking(act);
  };
  const confirm = async () => {
    if (!asking) return;
    const after = await run(asking);
    if (!after) return;
    setAsking(undefined);
    const told = asking === 'retry' ? 'retry.done' : after.state === 'leased' ? 'cancel.asked' : 'cancel.done';
    notify(t(`stoa.jobs.${told}`), { type: 'success' });
  };
  // The question stays as it was asked while the job goes on.
  if (!mayRetry && !mayCancel && !asking) return null;

  const button = (act: 'retry' | 'cancel') => (
    <Button
      variant={compact ? 'text' : 'outlined'}
      // Only the page of a job says loudly what is dangerous.
      color={act === 'retry' ? 'primary' : compact ? 'inherit' : 'error'}
      onClick={() => ask(act)}
      sx={{ whiteSpace: 'nowrap', ...(compact ? { py: 0 } : {}) }}
    >
      {t(`stoa.jobs.${act}.action`)}
    </Button>
  );
  return (
    // The row around opens the job; clicks here do not.
    <span onClick={event => event.stopPropagation()} role="presentation">
      <Stack direction="row" sx={{ gap: 1, justifyContent: compact ? 'flex-end' : 'flex-start' }}>
        {mayRetry && button('retry')}
        {mayCancel && button('cancel')}
      </Stack>
      <ConfirmDialog
        open={asking !== undefined}
        danger={asking === 'cancel'}
        busy={busy}
        refusal={refusal}
        title={asking ? t(`stoa.jobs.${asking}.title`) : ''}
        confirmLabel={asking ? t(`stoa.jobs.${asking}.action`) : ''}
        cancelLabel={asking === 'cancel' ? t('stoa.jobs.cancel.keep') : undefined}
        onConfirm={() => void confirm()}
        onClose={() => setAsking(undefined)}
      >
        <Typography sx={{ fontWeight: 600, mb: 1 }}>{words(job.kind)}</Typography>
        <Typography>
          {asking === 'cancel'
            ? t(`stoa.jobs.cancel.${job.state === 'leased' ? 'leased' : 'ready'}`)
            : t('stoa.jobs.retry.body')}
        </Typography>
        {asking === 'retry' && <Elsewhere job={job} />}
      </ConfirmDialog>
    </span>
  );
}
