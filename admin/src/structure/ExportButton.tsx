// Writes the list, as it is filtered and sorted, to a CSV file.
import DownloadIcon from '@mui/icons-material/Download';
import {
  Button,
  IconButton,
  LinearProgress,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Tooltip,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { useEffect, useId, useRef, useState } from 'react';
import {
  useDataProvider,
  useListContext,
  useNotify,
  useResourceContext,
  useTranslate,
  type DataProvider,
} from 'react-admin';
import { exportCsv } from '../api/export';
import { useErrorText } from '../components';
import type { StoaRecord } from '../types';

/** Most names that are looked up for a column. */
const MOST_NAMES = 1000;

/** Tells the name of a record of another resource. */
export type NameOf = (resource: string, id: string | null | undefined) => string;

/** What an export holds. */
export interface ExportPlan<R extends StoaRecord> {
  columns: (nameOf: NameOf) => { label: string; value: (record: R) => string }[];
  /** Resources whose names stand for ids in the columns. */
  names?: string[];
}

async function lookUp(dataProvider: DataProvider, resources: string[]): Promise<NameOf> {
  const known = new Map<string, string>();
  for (const resource of resources) {
    const { data } = await dataProvider.getList<StoaRecord & { name: string }>(resource, {
      pagination: { page: 1, perPage: MOST_NAMES },
      sort: { field: 'name', order: 'ASC' },
      filter: {},
    });
    for (const record of data) known.set(`${resource}/${record.id}`, record.name);
  }
  return (resource, id) => (id ? (known.get(`${resource}/${id}`) ?? id) : '');
}

/** Starts the export and shows how far it is. */
export function ExportButton<R extends StoaRecord>({ plan }: { plan: ExportPlan<R> }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const dataProvider = useDataProvider();
  const resource = useResourceContext() ?? '';
  const small = useMediaQuery<Theme>(theme => theme.breakpoints.down('md'));
  const { sort, filterValues, filter, total } = useListContext<R>();
  const [progress, setProgress] = useState<{ done: number; total?: number } | null>(null);
  const running = useRef<AbortController | null>(null);
  const id = useId();
  useEffect(() => () => running.current?.abort(), []);

  const run = async () => {
    const control = new AbortController();
    running.current = control;
    let written = 0;
    setProgress({ done: 0, total });
    try {
      const nameOf = await lookUp(dataProvider, plan.names ?? []);
      await exportCsv({
        resource,
        sort,
        filter: { ...filterValues, ...filter },
        columns: plan.columns(nameOf) as { label: string; value: (record: StoaRecord) => string }[],
        filename: `${resource}-${new Date().toISOString().slice(0, 10)}.csv`,
        signal: control.signal,
        onProgress: (done, all) => {
          written = done;
          setProgress({ done, total: all ?? total });
        },
      });
      if (!control.signal.aborted) {
        notify(t('stoa.structure.export.done', { smart_count: written }), { type: 'success' });
      }
    } catch (error) {
      if (!control.signal.aborted) notify(errorText(error), { type: 'error' });
    } finally {
      running.current = null;
      setProgress(null);
    }
  };

  const share = progress?.total ? Math.min(100, (100 * progress.done) / progress.total) : undefined;
  return (
    <>
      {small ? (
        <Tooltip title={t('stoa.structure.export.action')}>
          <span>
            <IconButton aria-label={t('stoa.structure.export.action')} onClick={() => void run()} disabled={!total}>
              <DownloadIcon />
            </IconButton>
          </span>
        </Tooltip>
      ) : (
        <Button color="inherit" startIcon={<DownloadIcon />} onClick={() => void run()} disabled={!total}>
          {t('stoa.structure.export.action')}
        </Button>
      )}
      <Dialog open={progress !== null} maxWidth="xs" fullWidth aria-labelledby={id}>
        <DialogTitle id={id}>{t('stoa.structure.export.title')}</DialogTitle>
        <DialogContent>
          <LinearProgress
            aria-label={t('stoa.structure.export.title')}
            variant={share === undefined ? 'indeterminate' : 'determinate'}
            value={share}
            sx={{ mb: 1 }}
          />
          <Typography variant="body2" aria-live="polite" sx={{ color: 'text.secondary' }}>
            {progress?.total
              ? t('stoa.structure.export.progress', { done: progress.done, total: progress.total })
              : t('stoa.structure.export.soFar', { smart_count: progress?.done ?? 0 })}
          </Typography>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => running.current?.abort()}>{t('ra.action.cancel')}</Button>
        </DialogActions>
      </Dialog>
    </>
  );
}
