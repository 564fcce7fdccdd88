// Sends, and with the small button beside it moves the ticket on in the same go.
import ArrowDropUpIcon from '@mui/icons-material/ArrowDropUp';
import { Button, ButtonGroup, Menu } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { StepDialog } from '../properties/StepDialog';
import { stepItems } from '../properties/StepItems';
import { useSteps, type Step } from '../properties/useSteps';
import type { DraftKind } from './drafts';
import type { Then } from './useSend';

/** The split button of the composer. */
export function SendButton({
  kind,
  disabled,
  busy,
  maySteps,
  onSend,
}: {
  kind: DraftKind;
  disabled: boolean;
  busy: boolean;
  maySteps: boolean;
  onSend: (then?: Then) => void;
}) {
  const t = useTranslate();
  const steps = useSteps();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [asking, setAsking] = useState<Step | null>(null);
  const note = kind === 'private_note';
  const choose = (step: Step) => {
    setAnchor(null);
    if (step.asks) setAsking(step);
    else onSend({ status: step.to });
  };
  return (
    <>
      <ButtonGroup variant="contained" color={note ? 'warning' : 'primary'} disabled={disabled || busy}>
        <Button onClick={() => onSend()} aria-keyshortcuts="Control+Enter Meta+Enter">
          {busy ? t('stoa.ticket.composer.sending') : t(`stoa.ticket.composer.send_${kind}`)}
        </Button>
        {maySteps && steps.length > 0 && (
          <Button
            aria-label={t('stoa.ticket.composer.send_and')}
            aria-haspopup="menu"
            aria-expanded={Boolean(anchor)}
            onClick={event => setAnchor(event.currentTarget)}
            sx={{ px: 0.25, minWidth: 30 }}
          >
            <ArrowDropUpIcon fontSize="small" />
          </Button>
        )}
      </ButtonGroup>
      <Menu
        anchorEl={anchor}
        open={Boolean(anchor)}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: 'top', horizontal: 'right' }}
        transformOrigin={{ vertical: 'bottom', horizontal: 'right' }}
      >
        {stepItems(steps, 'send', t, choose)}
      </Menu>
      {asking && (
        <StepDialog
          step={asking}
          confirmLabel={t('stoa.ticket.composer.send_public_reply')}
          onClose={() => setAsking(null)}
          onConfirm={then => {
            setAsking(null);
            onSend(then);
          }}
        />
      )}
    </>
  );
}
