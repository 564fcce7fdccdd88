// What the server refused, in one place above the save button; each field says its own fault too.
import { Alert, Box } from '@mui/material';
import { useEffect, useState } from 'react';
import { useResourceContext, useTranslate } from 'react-admin';
import { get, useFormContext, useFormState, type FieldErrors } from 'react-hook-form';

/** A fault as the server tells it lies one level deeper than one that the browser found. */
interface ServerFault {
  message?: { type?: string; message?: string };
}

function serverFaults(errors: FieldErrors): [string, string][] {
  return Object.entries(errors).flatMap(([field, error]) => {
    const fault = (error as ServerFault | undefined)?.message;
    return field !== 'root' && fault?.type === 'server' && fault.message
      ? [[field, fault.message] as [string, string]]
      : [];
  });
}

/** Lists the faults of the last attempt to save. */
export function FormErrors() {
  const t = useTranslate();
  const resource = useResourceContext() ?? '';
  const { control, clearErrors } = useFormContext();
  const { errors, isSubmitting } = useFormState();
  const [elsewhere, setElsewhere] = useState<[string, string][]>([]);
  const faults = serverFaults(errors);

  useEffect(() => {
    if (isSubmitting) setElsewhere([]);
  }, [isSubmitting]);
  // A fault of a field that the form does not have would never go away, and nothing could be saved any more.
  useEffect(() => {
    const foreign = serverFaults(errors).filter(([field]) => get(control._fields, field) === undefined);
    if (!foreign.length) return;
    setElsewhere(foreign);
    clearErrors(foreign.map(([field]) => field));
  }, [errors, control, clearErrors]);

  const all = [...faults.filter(([field]) => !elsewhere.some(([other]) => other === field)), ...elsewhere];
  if (!all.length) return null;
  const label = (field: string) => t(`resources.${resource}.fields.${field}`, { _: field.replaceAll('_', ' ') });
  return (
    <Alert severity="error" sx={{ mt: 1 }}>
      {t('stoa.structure.notSaved')}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {all.map(([field, message]) => (
          <li key={field}>
            {label(field)}: {message}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
