// How the company's helpdesk works.
import { BooleanInput, NumberInput, TextInput, maxValue, minValue, regex, required, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { useMay } from '../api/permissions';
import { ExplainedInput, useStrategies } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { FieldGrid, RecordForm } from '../structure/RecordForm';
import { RecordSection } from '../structure/RecordSection';

const HOURS_A_DAY = 24;
const YEAR = 8760;

function Fields() {
  const t = useTranslate();
  const strategies = useStrategies();
  const [hours, prefix] = useWatch({ name: ['auto_close_hours', 'ticket_prefix'] }) as [
    number | null,
    string | undefined,
  ];
  const days = hours ? Math.round((hours / HOURS_A_DAY) * 10) / 10 : 0;
  return (
    <>
      <FieldGrid>
        <Field name="ticket_prefix">
          <TextInput
            source="ticket_prefix"
            validate={[required(), regex(/^[A-Z][A-Z0-9]{0,9}$/, t('stoa.settings.prefixInvalid'))]}
            parse={text => text.toUpperCase()}
            helperText={t('stoa.settings.help.ticket_prefix', { example: `${prefix || 'T'}-123` })}
            fullWidth
          />
        </Field>
        <Field name="auto_close_hours">
          <NumberInput
            source="auto_close_hours"
            min={1}
            max={YEAR}
            step={1}
            validate={[required(), minValue(1), maxValue(YEAR)]}
            helperText={t('stoa.settings.help.auto_close_hours', { smart_count: days })}
            fullWidth
          />
        </Field>
      </FieldGrid>
      <Field
        name="assignment_strategy"
        label={t('stoa.settings.strategy')}
        words={value => t(`stoa.structure.strategy.${String(value)}.title`)}
      >
        <ExplainedInput source="assignment_strategy" label={t('stoa.settings.strategy')} choices={strategies} />
      </Field>
      <Field name="client_priority">
        <BooleanInput source="client_priority" helperText={t('stoa.settings.help.client_priority')} />
      </Field>
    </>
  );
}

/** The record of settings. */
export function HelpdeskForm({ companyId }: { companyId: string }) {
  const t = useTranslate();
  const mayEdit = useMay('settings', 'edit');
  return (
    <RecordSection resource="settings" id={companyId} title={t('stoa.settings.helpdesk')}>
      <RecordForm action="edit" locked={!mayEdit} leave={false} flat>
        <Fields />
      </RecordForm>
    </RecordSection>
  );
}
