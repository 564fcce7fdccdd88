// Merges this ticket with another: which, in which direction, and who will see what.
import {
  Alert,
  Button,
  Checkbox,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Radio,
  RadioGroup,
  Typography,
} from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useCreatePath, useDataProvider, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { StoaDataProvider } from '../../../dataProvider';
import type { Ticket } from '../../../types';
import { useTicketPage } from '../context';
import { useRefusalText } from '../useRefusal';
import { TicketPicker } from './TicketPicker';

type Direction = 'away' | 'here';

const small = { typography: { variant: 'body2' } } as const;

/** The dialog of merging. */
export function MergeDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  const notify = useNotify();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const queryClient = useQueryClient();
  const refusalText = useRefusalText();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { ticket } = useTicketPage();
  const closed = ticket.status === 'closed';
  const [direction, setDirection] = useState<Direction>('away');
  const [chosen, setChosen] = useState<Ticket[]>([]);
  const [expose, setExpose] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);

  const away = direction === 'away';
  const target = away ? chosen[0] : ticket;
  const sources = away ? [ticket] : chosen;
  const strangers = chosen.some(one => one.requester_id !== ticket.requester_id);
  const names = sources.map(one => one.reference).join(', ');

  const merge = async () => {
    if (!target || busy) return;
    setBusy(true);
    setFailure(null);
    try {
      const body = { source_ids: sources.map(one => one.id), ...(strangers ? { expose } : {}) };
      await dataProvider.action('tickets', target.id, 'merge', body);
      notify('stoa.ticket.merge.done', { messageArgs: { names, target: target.reference } });
      for (const resource of ['tickets', 'ticket_messages', 'ticket_events']) {
        void queryClient.invalidateQueries({ queryKey: [resource] });
      }
      onClose();
      if (away) navigate(createPath({ resource: 'tickets', type: 'show', id: target.id }));
    } catch (error) {
      setFailure(refusalText(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <Dialog open onClose={busy ? undefined : onClose} fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.ticket.merge.title', { name: ticket.reference })}</DialogTitle>
      <DialogContent>
        <RadioGroup
          value={direction}
          aria-label={t('stoa.ticket.merge.direction')}
          onChange={(_, wanted) => {
            setDirection(wanted as Direction);
            setChosen([]);
          }}
        >
          <FormControlLabel
            value="away"
            control={<Radio size="small" />}
            slotProps={small}
            label={t('stoa.ticket.merge.away', { name: ticket.reference })}
          />
          <FormControlLabel
            value="here"
            disabled={closed}
            control={<Radio size="small" />}
            slotProps={small}
            label={t(closed ? 'stoa.ticket.merge.here_closed' : 'stoa.ticket.merge.here', { name: ticket.reference })}
          />
        </RadioGroup>
        <TicketPicker ticket={ticket} several={!away} targets={away} chosen={chosen} onChange={setChosen} />
        {target && sources.length > 0 && chosen.length > 0 && (
          <Alert severity="info" sx={{ mt: 1.5 }}>
            {t('stoa.ticket.merge.effect', { names, target: target.reference, smart_count: sources.length })}
          </Alert>
        )}
        {strangers && (
          <Alert severity="warning" sx={{ mt: 1 }}>
            <Typography variant="body2">{t('stoa.ticket.merge.strangers')}</Typography>
            <FormControlLabel
              control={<Checkbox size="small" checked={expose} onChange={(_, on) => setExpose(on)} />}
              slotProps={small}
              label={t('stoa.ticket.merge.expose', { target: target?.reference ?? '' })}
            />
          </Alert>
        )}
        {failure && (
          <Alert severity="error" sx={{ mt: 1 }} role="alert">
            {failure}
          </Alert>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose} disabled={busy}>
          {t('ra.action.cancel')}
        </Button>
        <Button variant="contained" onClick={() => void merge()} disabled={busy || chosen.length === 0}>
          {t('stoa.ticket.merge.merge')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
