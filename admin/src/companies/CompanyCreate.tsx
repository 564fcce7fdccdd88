// Opens a company.
import { useEffect } from 'react';
import { TextInput, maxLength, regex, required, useTranslate } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import { useActing } from '../api/company';
import { EmptyState } from '../components';
import { ExplainedInput } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { LocaleInput, TimezoneInput } from '../structure/PlaceInputs';
import { FieldGrid, RecordForm } from '../structure/RecordForm';
import { CreatePage } from '../structure/RecordPages';
import { slugOf } from './slug';

/** The short name follows the name until it is written by hand. */
function Names() {
  const t = useTranslate();
  const { setValue, getFieldState } = useFormContext();
  const name = (useWatch({ name: 'name' }) as string | undefined) ?? '';
  useEffect(() => {
    if (!getFieldState('slug').isTouched) setValue('slug', slugOf(name));
  }, [name, setValue, getFieldState]);
  return (
    <FieldGrid>
      <Field name="name">
        <TextInput source="name" validate={[required(), maxLength(120)]} helperText={false} autoFocus fullWidth />
      </Field>
      <Field name="slug">
        <TextInput
          source="slug"
          validate={[required(), regex(/^[a-z][a-z0-9-]{1,39}$/, t('stoa.companies.slugInvalid'))]}
          helperText={t('stoa.companies.slugHelp')}
          fullWidth
        />
      </Field>
    </FieldGrid>
  );
}

/** Page for a new company. */
export default function CompanyCreate() {
  const t = useTranslate();
  const acting = useActing();
  if (acting) {
    return (
      <EmptyState
        title={t('stoa.companies.leaveFirst')}
        body={t('stoa.companies.leaveFirstBody', { name: acting.name })}
      />
    );
  }
  const support = ['off', 'read', 'write'].map(id => ({
    id,
    title: t(`stoa.settings.support.${id}.title`),
    body: t(`stoa.companies.support.${id}`),
  }));
  return (
    <CreatePage redirect="edit">
      <RecordForm
        action="create"
        note={t('stoa.companies.createNote')}
        defaultValues={{ timezone: Intl.DateTimeFormat().resolvedOptions().timeZone, locale: 'en' }}
      >
        <Names />
        <FieldGrid>
          <Field name="timezone">
            <TimezoneInput required />
          </Field>
          <Field name="locale">
            <LocaleInput required />
          </Field>
        </FieldGrid>
        <Field name="support_access">
          <ExplainedInput source="support_access" choices={support} defaultValue="write" />
        </Field>
      </RecordForm>
    </CreatePage>
  );
}
