// Makes a key: what it is for, what it may do, how long and from where.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { DateInput, SelectInput, required, useRedirect, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { Field } from '../structure/Field';
import { FieldGrid, RecordForm } from '../structure/RecordForm';
import { CreatePage } from '../structure/RecordPages';
import type { FreshApiKey } from '../types';
import { MOST_DAYS, OWN_DAY, TERMS, USUAL_TERM, asCreated, dayAfter, endOfDay } from './expiry';
import { FreshKeyDialog } from './FreshKeyDialog';
import { AddressesField, NameField } from './KeyFields';
import { ScopePicker } from './ScopePicker';

function Expiry() {
  const t = useTranslate();
  const term = useWatch({ name: 'term' }) as string | undefined;
  const inTime = (day: string | undefined) => (day && endOfDay(day, Date.now()) ? undefined : t('stoa.apiKeys.dayInvalid'));
  const terms = TERMS.map(days => ({ id: String(days), name: t('stoa.apiKeys.days', { smart_count: days }) }));
  return (
    <Field name="expires_at">
      <FieldGrid>
        <SelectInput
          source="term"
          label={t('stoa.apiKeys.term')}
          choices={[...terms, { id: OWN_DAY, name: t('stoa.apiKeys.ownDay') }]}
          defaultValue={USUAL_TERM}
          validate={required()}
          helperText={t('stoa.apiKeys.help.term')}
          fullWidth
        />
        {term === OWN_DAY && (
          <DateInput
            source="day"
            label={t('stoa.apiKeys.lastDay')}
            parse={text => text}
            validate={[required(), inTime]}
            slotProps={{ htmlInput: { min: dayAfter(1, Date.now()), max: dayAfter(MOST_DAYS - 1, Date.now()) } }}
            fullWidth
          />
        )}
      </FieldGrid>
    </Field>
  );
}

/** Page for a new key. */
export default function ApiKeyCreate() {
  const t = useTranslate();
  const redirect = useRedirect();
  const client = useQueryClient();
  const [made, setMade] = useState<FreshApiKey>();
  const some = (scopes: string[] | undefined) => (scopes?.length ? undefined : t('stoa.apiKeys.noScopes'));
  return (
    <>
      <CreatePage
        redirect={false}
        transform={data => asCreated(data as Record<string, unknown>, Date.now())}
        onSuccess={record => {
          setMade(record as FreshApiKey);
          // The answer is the only place where the key stands, and it shall not stay in the page's memory of records.
          client.removeQueries({ queryKey: ['api_keys', 'getOne'] });
        }}
      >
        <RecordForm action="create" saveLabel={t('stoa.apiKeys.make')}>
          <NameField />
          <Field name="scopes">
            <ScopePicker source="scopes" validate={some} />
          </Field>
          <Expiry />
          <AddressesField />
        </RecordForm>
      </CreatePage>
      {made && (
        <FreshKeyDialog
          title={t('stoa.apiKeys.made.title', { name: made.name })}
          body={t('stoa.apiKeys.made.body')}
          value={made.key}
          onClose={() => {
            setMade(undefined);
            redirect('list', 'api_keys');
          }}
        />
      )}
    </>
  );
}
