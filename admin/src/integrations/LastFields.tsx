// What the forms of webhooks and of connections to Teams end with.
import { BooleanInput, useRecordContext, useTranslate } from 'react-admin';
import { Field } from '../structure/Field';
import type { Connected } from '../types';
import { PrivateNotesInput } from './PrivateNotesInput';

/** Whether private notes go there too, and whether it is in use. */
export function LastFields({ area }: { area: 'webhooks' | 'teams' }) {
  const t = useTranslate();
  const record = useRecordContext<Connected>();
  const word = (name: string) => t(`stoa.integrations.${area}.${name}`);
  return (
    <>
      <Field name="include_private">
        <PrivateNotesInput
          help={word('help.include_private')}
          title={word('private.title')}
          body={word('private.body')}
        />
      </Field>
      {record && (
        <Field name="is_active">
          <BooleanInput source="is_active" helperText={word('help.is_active')} />
        </Field>
      )}
    </>
  );
}
