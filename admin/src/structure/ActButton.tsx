// A button for an action with a record, that asks first and says why when it is refused.
import { Button, Typography, type ButtonProps } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useNotify } from 'react-admin';
import { ConfirmDialog } from '../components';
import type { ActionOptions } from '../dataProvider';
import { useHold } from './hold';
import { useAct } from './useAct';

/** Does `action` with the record after a question. */
export function ActButton({
  resource,
  id,
  action,
  body,
  options,
  label,
  title,
  done,
  danger = false,
  onDone,
  children,
  ...button
}: {
  resource: string;
  id: string;
  /** Part of the address after the record's. */
  action: string;
  body?: object;
  options?: ActionOptions;
  label: string;
  title: string;
  /** Said when it is done. */
  done?: string;
  danger?: boolean;
  onDone?: (answer: unknown) => void;
  /** What the question says. */
  children: ReactNode;
} & Pick<ButtonProps, 'size' | 'variant' | 'disabled' | 'startIcon' | 'sx'>) {
  const notify = useNotify();
  const [asking, setAsking] = useState(false);
  useHold(asking);
  const { run, busy, refusal, forget } = useAct<object>(resource, id);
  const confirm = async () => {
    const answer = await run(action, body, options);
    if (answer === undefined) return;
    setAsking(false);
    if (done) notify(done, { type: 'success' });
    onDone?.(answer);
  };
  return (
    <>
      <Button
        variant="outlined"
        color={danger ? 'error' : 'primary'}
        {...button}
        onClick={event => {
          event.stopPropagation();
          forget();
          setAsking(true);
        }}
      >
        {label}
      </Button>
      {/* Events of a portal reach the row that the button stands in. */}
      <span onClick={event => event.stopPropagation()}>
        <ConfirmDialog
          open={asking}
          danger={danger}
          busy={busy}
          refusal={refusal}
          title={title}
          confirmLabel={label}
          onConfirm={() => void confirm()}
          onClose={() => setAsking(false)}
        >
          {typeof children === 'string' ? <Typography>{children}</Typography> : children}
        </ConfirmDialog>
      </span>
    </>
  );
}
