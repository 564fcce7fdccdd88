// Writes the tickets of the list into a CSV file, with a bar that tells how far it is.
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  LinearProgress,
  Typography,
} from '@mui/material';
import { useEffect, useId, useRef, useState } from 'react';
import { useDataProvider, useListContext, useTranslate } from 'react-admin';
import { exportCsv } from '../../api/export';
import { useErrorText } from '../../components';
import type { StoaDataProvider } from '../../dataProvider';
import type { Ticket } from '../../types';
import { loadNames, type TicketNames } from './exportNames';

type Step =
  | { at: 'ready' }
  | { at: 'names'; done: number }
  | { at: 'rows'; done: number; total?: number }
  | { at: 'done' }
  | { at: 'failed'; reason: string };

type Translate = ReturnType<typeof useTranslate>;

function columns(t: Translate, names: TicketNames) {
  const column = (name: string, value: (ticket: Ticket) => string | null | undefined) => ({
    label: t(`stoa.tickets.export.column.${name}`),
    value: (ticket: Ticket) => value(ticket) ?? '',
  });
  return [
    column('reference', ticket => ticket.reference),
    column('subject', ticket => ticket.subject),
    column('status', ticket => t(`stoa.common.status.${ticket.status}`)),
    column('priority', ticket => t(`stoa.common.priority.${ticket.priority}`)),
    column('requester', ticket => names.people.get(ticket.requester_id)),
    column('assignee', ticket => names.people.get(ticket.assignee_id ?? '')),
    column('department', ticket => names.departments.get(ticket.department_id ?? '')),
    column('category', ticket => names.categories.get(ticket.category_id ?? '')),
    column('tags', ticket => ticket.tag_ids?.map(id => names.tags.get(id) ?? '').join(', ')),
    column('created', ticket => ticket.created_at),
    column('updated', ticket => ticket.updated_at),
    column('solved', ticket => ticket.solved_at),
  ];
}

function useExport() {
  const t = useTranslate();
  const errorText = useErrorText();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { sort, filterValues: filter } = useListContext<Ticket>();
  const [step, setStep] = useState<Step>({ at: 'ready' });
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    try {
      setStep({ at: 'names', done: 0 });
      const names = await loadNames(dataProvider, {
        sort,
        filter,
        signal,
        onProgress: done => setStep({ at: 'names', done }),
      });
      setStep({ at: 'rows', done: 0 });
      await exportCsv<Ticket>({
        resource: 'tickets',
        sort,
        filter,
        columns: columns(t, names),
        filename: `tickets-${new Date().toISOString().slice(0, 10)}.csv`,
        onProgress: (done, total) => setStep({ at: 'rows', done, total }),
        signal,
      });
      setStep({ at: 'done' });
    } catch (error) {
      if (!signal.aborted) setStep({ at: 'failed', reason: errorText(error) });
    }
  };
  return { step, start };
}

/** The dialog; leaving it stops the export. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const { total } = useListContext<Ticket>();
  const { step, start } = useExport();
  const busy = step.at === 'names' || step.at === 'rows';
  const share = step.at === 'rows' && step.total ? (100 * step.done) / step.total : undefined;
  let progress = '';
  if (step.at === 'names') {
    progress = step.done
      ? t('stoa.tickets.export.names_done', { done: step.done.toLocaleString() })
      : t('stoa.tickets.export.names');
  } else if (step.at === 'rows') {
    const counts = { done: step.done.toLocaleString(), total: step.total?.toLocaleString() };
    progress = t(`stoa.tickets.export.${step.total === undefined ? 'rows_open' : 'rows'}`, counts);
  }
  return (
    <Dialog open onClose={busy ? undefined : onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.tickets.export.title')}</DialogTitle>
      <DialogContent sx={{ minHeight: 96 }}>
        {step.at === 'ready' && (
          <>
            <Typography>{t('stoa.tickets.export.body')}</Typography>
            {total !== undefined && (
              <Typography sx={{ mt: 1, color: 'text.secondary' }}>
                {t('stoa.tickets.export.count', { smart_count: total })}
              </Typography>
            )}
          </>
        )}
        {busy && (
          <>
            <Typography role="status" sx={{ mb: 1 }}>
              {progress}
            </Typography>
            <LinearProgress
              aria-label={t('stoa.tickets.export.title')}
              variant={share === undefined ? 'indeterminate' : 'determinate'}
              value={share}
            />
          </>
        )}
        {step.at === 'done' && <Alert severity="success">{t('stoa.tickets.export.done')}</Alert>}
        {step.at === 'failed' && (
          <Alert severity="error">{t('stoa.tickets.export.failed', { reason: step.reason })}</Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t(`stoa.tickets.export.${step.at === 'done' ? 'close' : 'cancel'}`)}</Button>
        {(step.at === 'ready' || step.at === 'failed') && (
          <Button variant="contained" autoFocus onClick={() => void start()}>
            {t(`stoa.tickets.export.${step.at === 'ready' ? 'start' : 'again'}`)}
          </Button>
        )}
      </DialogActions>
    </Dialog>
  );
}
