// Whether private notes are told too; a warning stands below while they are.
import { Alert, AlertTitle } from '@mui/material';
import { BooleanInput } from 'react-admin';
import { useWatch } from 'react-hook-form';

/** A switch with what it means. */
export function PrivateNotesInput({ help, title, body }: { help: string; title: string; body: string }) {
  const on = useWatch({ name: 'include_private' }) as boolean | undefined;
  return (
    <>
      <BooleanInput source="include_private" defaultValue={false} helperText={help} />
      {on && (
        <Alert severity="warning" sx={{ mb: 1 }}>
          <AlertTitle>{title}</AlertTitle>
          {body}
        </Alert>
      )}
    </>
  );
}
