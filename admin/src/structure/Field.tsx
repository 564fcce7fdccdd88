// A field of a form: an input for those who may set it, its value for those who may only see it.
import type { ReactNode } from 'react';
import { useRecordContext, useTranslate } from 'react-admin';
import { useMay } from '../api/permissions';
import { FieldValue } from '../components';
import { Fact } from './Fact';
import { useFormAccess } from './formAccess';

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
    <Fact label={label ?? t(`resources.${resource}.fields.${name}`)}>
      {words ? words(value) : <FieldValue field={name} value={value} />}
    </Fact>
  );
}
