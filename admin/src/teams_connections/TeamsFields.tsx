// The fields of a connection to Microsoft Teams.
import { useEffect } from 'react';
import {
  CheckboxGroupInput,
  TextInput,
  maxLength,
  required,
  useRecordContext,
  useTranslate,
} from 'react-admin';
import { useFormContext } from 'react-hook-form';
import { EventPicker, useEventWords } from '../integrations/EventPicker';
import { LastFields } from '../integrations/LastFields';
import { Field } from '../structure/Field';
import { FieldGrid } from '../structure/RecordForm';
import { RecordInput } from '../structure/RecordInput';
import { RecordNames } from '../structure/RecordNames';
import { PRIORITIES, type TeamsConnection } from '../types';

/** The workflow's address goes in and never comes out: what was typed is gone when it is saved. */
function AddressInput() {
  const t = useTranslate();
  const record = useRecordContext<TeamsConnection>();
  const { resetField } = useFormContext();
  const version = record?.version;
  useEffect(() => {
    if (version !== undefined) resetField('url', { defaultValue: null });
  }, [version, resetField]);
  return (
    <TextInput
      source="url"
      type="url"
      label={t(`stoa.integrations.teams.${record ? 'urlNew' : 'url'}`)}
      validate={record ? maxLength(2000) : [required(), maxLength(2000)]}
      helperText={
        record
          ? t('stoa.integrations.teams.help.urlKept', { host: record.url_host ?? '–' })
          : t('stoa.integrations.teams.help.url')
      }
      autoComplete="off"
      fullWidth
    />
  );
}

/** An address that was not typed is not sent: the server keeps the one that it has. */
export function withoutEmptyAddress({ url, ...rest }: Record<string, unknown>): Record<string, unknown> {
  return url ? { ...rest, url } : rest;
}

/** Fields of a connection. */
export function TeamsFields() {
  const t = useTranslate();
  const words = useEventWords();
  const record = useRecordContext<TeamsConnection>();
  const help = (field: string) => t(`stoa.integrations.teams.help.${field}`);
  const priority = (id: string) => t(`stoa.common.priority.${id}`);
  return (
    <>
      <FieldGrid>
        <Field name="name">
          <TextInput source="name" validate={[required(), maxLength(80)]} autoFocus={!record} fullWidth />
        </Field>
        <Field name="channel_label">
          <TextInput
            source="channel_label"
            validate={maxLength(120)}
            parse={text => text || null}
            helperText={help('channel_label')}
            fullWidth
          />
        </Field>
      </FieldGrid>
      <Field name="url">
        <AddressInput />
      </Field>
      <Field name="events" words={value => words(value as string[])}>
        <EventPicker source="events" />
      </Field>
      <Field
        name="department_ids"
        words={value => <RecordNames resource="departments" ids={value as string[] | undefined} />}
      >
        <RecordInput source="department_ids" reference="departments" multiple helperText={help('department_ids')} />
      </Field>
      <Field name="priorities" words={value => ((value ?? []) as string[]).map(priority).join(', ') || '–'}>
        <CheckboxGroupInput
          source="priorities"
          choices={PRIORITIES.map(id => ({ id, name: priority(id) }))}
          helperText={help('priorities')}
          defaultValue={[]}
        />
      </Field>
      <LastFields area="teams" />
    </>
  );
}
