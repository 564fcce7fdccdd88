// How the company's helpdesk works.
import { Box } from '@mui/material';
import {
  BooleanInput,
  NumberInput,
  TextInput,
  maxValue,
  minValue,
  regex,
  required,
  useGetOne,
  useTranslate,
} from 'react-admin';
import { useWatch } from 'react-hook-form';
import { useMe } from '../api/me';
import { useMay } from '../api/permissions';
import { CopyValue } from '../structure/CopyValue';
import { ExplainedInput, useStrategies } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { FieldGrid, RecordForm } from '../structure/RecordForm';
import { RecordSection } from '../structure/RecordSection';
import { useCompanyId } from '../structure/useCompanyId';
import type { Company } from '../types';

const HOURS_A_DAY = 24;
const YEAR = 8760;

/** Whether people may make accounts of their own, and where. */
function Registration() {
  const t = useTranslate();
  const me = useMe();
  const companyId = useCompanyId();
  const { data: company } = useGetOne<Company>('companies', { id: companyId ?? '' }, { enabled: Boolean(companyId) });
  const open = useWatch({ name: 'self_registration' }) as boolean | null | undefined;
  const slug = company?.slug ?? me?.company?.slug;
  return (
    <>
      <Field name="self_registration">
        <BooleanInput source="self_registration" helperText={t('stoa.settings.help.self_registration')} />
      </Field>
      {open && slug && (
        <Box sx={{ my: 1 }}>
          <CopyValue label={t('stoa.settings.registration')} value={`${window.location.origin}/register?company=${slug}`} />
        </Box>
      )}
    </>
  );
}

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
      <Registration />
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
