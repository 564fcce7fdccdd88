// Moves the selected tickets to another status, with what belongs to it.
import { MenuItem, TextField } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useMe } from '../../api/me';
import { StatusChip } from '../../components';
import { STATUSES, type Status } from '../../types';
import { BulkDialog, type BulkDialogProps } from './BulkDialog';

/** Statuses in which a ticket can be told when to come back. */
const WAKES: Status[] = ['pending', 'on_hold'];

/** The dialog. */
export function BulkStatusDialog({ count, onApply, onClose }: BulkDialogProps) {
  const t = useTranslate();
  const me = useMe();
  const [status, setStatus] = useState<Status | ''>('');
  const [comment, setComment] = useState('');
  const [wakeAt, setWakeAt] = useState('');
  const [reason, setReason] = useState('');
  // Nothing becomes new again, and only administrators close tickets by hand.
  const closes = me?.role === 'company_admin' || me?.role === 'superadmin';
  const choices = STATUSES.filter(one => one !== 'new' && (one !== 'closed' || closes));
  const submit = () => {
    if (!status) return;
    onApply({
      action: 'status',
      status,
      ...(comment.trim() && { comment: comment.trim() }),
      ...(wakeAt && WAKES.includes(status) && { wake_at: new Date(wakeAt).toISOString() }),
      ...(reason.trim() && status === 'closed' && { reason: reason.trim() }),
    });
  };
  return (
    <BulkDialog
      title={t('stoa.tickets.bulk.status_title', { smart_count: count })}
      ready={status !== ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        select
        autoFocus
        label={t('stoa.tickets.bulk.status')}
        value={status}
        onChange={event => setStatus(event.target.value as Status)}
        helperText={status === 'solved' ? t('stoa.tickets.bulk.solved_help') : undefined}
        sx={{ mt: 0.5 }}
      >
        {choices.map(choice => (
          <MenuItem key={choice} value={choice}>
            <StatusChip status={choice} />
          </MenuItem>
        ))}
      </TextField>
      {status && WAKES.includes(status) && (
        <TextField
          type="datetime-local"
          label={t('stoa.tickets.bulk.wake_at')}
          value={wakeAt}
          onChange={event => setWakeAt(event.target.value)}
          slotProps={{ inputLabel: { shrink: true } }}
        />
      )}
      {status === 'closed' && (
        <TextField
          label={t('stoa.tickets.bulk.reason')}
          value={reason}
          onChange={event => setReason(event.target.value)}
          helperText={t('stoa.tickets.bulk.reason_help')}
          slotProps={{ htmlInput: { maxLength: 500 } }}
        />
      )}
      {status && (
        <TextField
          multiline
          minRows={3}
          maxRows={10}
          label={t('stoa.tickets.bulk.comment')}
          value={comment}
          onChange={event => setComment(event.target.value)}
          helperText={t('stoa.tickets.bulk.comment_help')}
          slotProps={{ htmlInput: { maxLength: 20_000 } }}
        />
      )}
    </BulkDialog>
  );
}
