// The menu of steps that are admitted from the present status, behind whatever opens it.
import { Menu } from '@mui/material';
import { useRef, useState, type ReactNode, type Ref } from 'react';
import { useTranslate } from 'react-admin';
import type { Then } from '../composer/useSend';
import { useTicketPage } from '../context';
import { StepDialog } from './StepDialog';
import { stepItems } from './StepItems';
import { useSteps, type Step } from './useSteps';

/** What the opening button needs. */
export interface StatusTrigger {
  ref: Ref<HTMLButtonElement>;
  onClick: () => void;
  'aria-haspopup': 'menu';
  'aria-expanded': boolean;
  'aria-label': string;
}

/** Whether the reader has a step to choose. */
export function useMayStep(): boolean {
  const { rights } = useTicketPage();
  return useSteps().length > 0 && rights.transition;
}

/** Draws the button that `children` makes, and the menu and dialog behind it. */
export function StatusMenu({ children }: { children: (trigger: StatusTrigger) => ReactNode }) {
  const t = useTranslate();
  const { ticket, act } = useTicketPage();
  const steps = useSteps();
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  const [asking, setAsking] = useState<Step | null>(null);
  const go = (then: Then) => {
    setAsking(null);
    void act('status', then, { status: then.status, wake_at: then.wake_at ?? null });
  };
  const choose = (step: Step) => {
    setOpen(false);
    if (step.asks) setAsking(step);
    else go({ status: step.to });
  };
  return (
    <>
      {children({
        ref: button,
        onClick: () => setOpen(true),
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        'aria-label': t('stoa.ticket.status.change', { status: t(`stoa.common.status.${ticket.status}`) }),
      })}
      <Menu
        anchorEl={() => button.current}
        open={open}
        onClose={() => setOpen(false)}
        slotProps={{ list: { 'aria-label': t('resources.tickets.fields.status') } }}
      >
        {stepItems(steps, 'status', t, choose)}
      </Menu>
      {asking && (
        <StepDialog
          step={asking}
          confirmLabel={t(`stoa.ticket.status.${asking.key}`)}
          onClose={() => setAsking(null)}
          onConfirm={go}
        />
      )}
    </>
  );
}
