// Shows something secret for the only time: no stray click closes it.
import { Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId, type ReactNode } from 'react';

/** Stays until it is said that the secret was taken along. */
export function OnceDialog({
  title,
  taken,
  onClose,
  children,
}: {
  title: string;
  /** The only way out. */
  taken: string;
  onClose: () => void;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <Dialog open maxWidth="sm" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{title}</DialogTitle>
      <DialogContent>{children}</DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {taken}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
