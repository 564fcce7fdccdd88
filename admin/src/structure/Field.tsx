// A field of a form: an input for those who may set it, its value for those who may only see it.
import { Box, Typography } from '@mui/material';
import type { ReactNode } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { FieldValue } from '../components';
import { useFormAccess } from './formAccess';

/** A label and a value that cannot be changed. */
function ReadOnlyValue({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Box sx={{ py: 0.5, minWidth: 0, overflowWrap: 'anywhere' }}>
      <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
        {label}
      </Typography>
      <Box>{children}</Box>
    </Box>
  );
}

/** Shows its children only where the role may set the field `name`. */
export function Field({
  name,
  label,
  words,
  locked: fieldLocked = false,
  children,
}: {
  name: string;
  /** Name of the field where it is only read; the resource's own when absent. */
  label?: string;
  /** Says the value in words where the field is only read. */
  words?: (value: unknown) => ReactNode;
  locked?: boolean;
  children: ReactNode;
}) {
  const t = useTranslate();
  const record = useRecordContext();
  const { resource, action, locked } = useFormAccess();
  const maySet = useMay(`${resource}.${name}`, action);
  const maySee = useMay(`${resource}.${name}`, 'read');
  if (maySet && !locked && !fieldLocked) return <>{children}</>;
  if (action === 'create' || !maySee) return null;
  const value = record?.[name] as unknown;
  return (
    <ReadOnlyValue label={label ?? t(`resources.${resource}.fields.${name}`)}>
      {words ? words(value) : <FieldValue field={name} value={value} />}
    </ReadOnlyValue>
  );
}
