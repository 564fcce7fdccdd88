// Asks for what a step of status needs: when the ticket comes back, or why it is closed.
import {
  Button,
  Chip,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  TextField,
  Typography,
} from '@mui/material';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { formatDateTime } from '../../../components';
import type { Then } from '../composer/useSend';
import { useTicketPage } from '../context';
import { needsReason, wakeTimes } from './transitions';
import type { Step } from './useSteps';

/** A time as the browser's field for it wants it. */
function toField(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** Asks, and hands the whole step on. */
export function StepDialog({
  step,
  confirmLabel,
  busy = false,
  onConfirm,
  onClose,
}: {
  step: Step;
  confirmLabel: string;
  busy?: boolean;
  onConfirm: (then: Then) => void;
  onClose: () => void;
}) {
  const t = useTranslate();
  const titleId = useId();
  const { ticket } = useTicketPage();
  const [now] = useState(() => new Date());
  const [wake, setWake] = useState(() => toField(wakeTimes(now)[1]?.at ?? now));
  const [reason, setReason] = useState('');
  const closes = step.to === 'closed';
  const wantsReason = needsReason(ticket.status, step.to);
  const at = new Date(wake);
  const wakeFault = closes || (!Number.isNaN(at.getTime()) && at > now) ? undefined : t('stoa.ticket.step.past');
  const ready = closes ? !wantsReason || reason.trim() !== '' : !wakeFault;

  const confirm = () => {
    if (!ready || busy) return;
    onConfirm(
      closes
        ? { status: step.to, ...(reason.trim() ? { reason: reason.trim() } : {}) }
        : { status: step.to, wake_at: at.toISOString() }
    );
  };

  return (
    <Dialog open onClose={busy ? undefined : onClose} maxWidth="xs" fullWidth aria-labelledby={titleId}>
      <form
        onSubmit={event => {
          event.preventDefault();
          confirm();
        }}
      >
        <DialogTitle id={titleId}>{t(`stoa.ticket.step.title_${step.to}`)}</DialogTitle>
        <DialogContent>
          <Typography sx={{ mb: 1.5 }}>{t(`stoa.ticket.step.${closes ? 'close' : 'wake'}_body`)}</Typography>
          {closes ? (
            <TextField
              label={t('stoa.ticket.step.reason')}
              required={wantsReason}
              value={reason}
              onChange={event => setReason(event.target.value)}
              helperText={wantsReason ? t('stoa.ticket.step.reason_help') : undefined}
              slotProps={{ htmlInput: { maxLength: 500 } }}
              multiline
              minRows={2}
              fullWidth
              autoFocus
            />
          ) : (
            <>
              <Stack direction="row" sx={{ flexWrap: 'wrap', gap: 1, mb: 2 }}>
                {wakeTimes(now).map(({ name, at: time }) => (
                  <Chip
                    key={name}
                    label={t(`stoa.ticket.step.${name}`)}
                    title={formatDateTime(time.toISOString())}
                    variant={toField(time) === wake ? 'filled' : 'outlined'}
                    color={toField(time) === wake ? 'primary' : 'default'}
                    onClick={() => setWake(toField(time))}
                  />
                ))}
              </Stack>
              <TextField
                type="datetime-local"
                label={t('stoa.ticket.step.wake_at')}
                value={wake}
                onChange={event => setWake(event.target.value)}
                error={Boolean(wakeFault)}
                helperText={wakeFault}
                slotProps={{ inputLabel: { shrink: true }, htmlInput: { min: toField(now) } }}
                fullWidth
                autoFocus
              />
            </>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('ra.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" color={closes ? 'error' : 'primary'} disabled={!ready || busy}>
            {confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
