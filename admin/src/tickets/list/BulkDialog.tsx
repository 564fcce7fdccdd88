// The frame of the dialogs that ask what to do with the selected tickets.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId, type FormEvent, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import type { BulkAction } from './useBulk';

/** What every such dialog is given. */
export interface BulkDialogProps {
  /** How many tickets are selected. */
  count: number;
  onApply: (action: BulkAction) => void;
  onClose: () => void;
}

/** Title, content, and a button that is ready once something is chosen. */
export function BulkDialog({
  title,
  ready,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  ready: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const t = useTranslate();
  const id = useId();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) onSubmit();
  };
  return (
    <Dialog open onClose={onClose} maxWidth="xs" fullWidth aria-labelledby={id}>
      <form onSubmit={submit} noValidate>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent sx={{ display: 'flex', flexDirection: 'column', gap: 1.5, '&&': { pt: 1 } }}>
          {children}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('ra.action.cancel')}</Button>
          <Button type="submit" variant="contained" disabled={!ready}>
            {t('stoa.tickets.bulk.apply')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
