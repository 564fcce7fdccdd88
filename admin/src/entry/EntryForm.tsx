// The form of a page without log-in: what was said against it, its fields, and the button.
import { Alert, Button, CircularProgress, Stack } from '@mui/material';
import type { FormEvent, ReactNode } from 'react';

/** A form with one button. */
export function EntryForm({
  fault,
  busy,
  label,
  onSubmit,
  children,
}: {
  fault: string | null;
  busy: boolean;
  label: string;
  onSubmit: () => void;
  children: ReactNode;
}) {
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <Stack component="form" spacing={2} onSubmit={send}>
      {fault && (
        <Alert severity="error" role="alert">
          {fault}
        </Alert>
      )}
      {children}
      <Button type="submit" variant="contained" size="medium" disabled={busy}>
        {busy ? <CircularProgress size={20} color="inherit" /> : label}
      </Button>
    </Stack>
  );
}
