// The fields of a webhook's form.
import { TextInput, maxLength, required, useRecordContext, useTranslate } from 'react-admin';
import { EventPicker, useEventWords } from '../integrations/EventPicker';
import { LastFields } from '../integrations/LastFields';
import { Field } from '../structure/Field';
import type { Webhook } from '../types';

/** Fields of a webhook. */
export function WebhookFields() {
  const t = useTranslate();
  const words = useEventWords();
  const record = useRecordContext<Webhook>();
  const help = (field: string) => t(`stoa.integrations.webhooks.help.${field}`);
  return (
    <>
      <Field name="name">
        <TextInput source="name" validate={[required(), maxLength(80)]} autoFocus={!record} fullWidth />
      </Field>
      <Field name="url">
        <TextInput
          source="url"
          type="url"
          validate={[required(), maxLength(2000)]}
          helperText={help('url')}
          placeholder="https://crm.example.com/stoa"
          fullWidth
        />
      </Field>
      <Field name="description">
        <TextInput
          source="description"
          validate={maxLength(500)}
          helperText={help('description')}
          parse={text => text || null}
          multiline
          fullWidth
        />
      </Field>
      <Field name="events" words={value => words(value as string[])}>
        <EventPicker source="events" />
      </Field>
      <LastFields area="webhooks" />
    </>
  );
}
