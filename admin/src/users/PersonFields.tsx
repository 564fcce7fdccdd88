// The fields of a person that are the same for a new and a known one.
import {
  DateTimeInput,
  NumberInput,
  SelectInput,
  TextArrayInput,
  TextInput,
  maxLength,
  maxValue,
  minValue,
  useTranslate,
} from 'react-admin';
import { formatDateTime } from '../components';
import { Field } from '../structure/Field';
import { LocaleInput, TimezoneInput, languageName } from '../structure/PlaceInputs';
import { FieldGrid } from '../structure/RecordForm';
import { RecordInput } from '../structure/RecordInput';
import type { Role, User } from '../types';

/** Telephone, language, time zone. */
export function ContactFields() {
  const t = useTranslate();
  return (
    <FieldGrid>
      <Field name="phone">
        <TextInput
          source="phone"
          type="tel"
          validate={maxLength(40)}
          parse={text => text || null}
          helperText={false}
          fullWidth
        />
      </Field>
      <Field name="locale" words={value => (value ? languageName(String(value)) : '–')}>
        <LocaleInput helperText={t('stoa.users.help.locale')} />
      </Field>
      <Field name="timezone">
        <TimezoneInput helperText={t('stoa.users.help.timezone')} />
      </Field>
    </FieldGrid>
  );
}

/** Departments, what is seen, how much and what is given: for people who work on tickets. */
export function WorkFields({ role }: { role: Role | undefined }) {
  const t = useTranslate();
  const help = (field: string) => t(`stoa.users.help.${field}`);
  if (!role || role === 'client' || role === 'superadmin') return null;
  return (
    <>
      <Field name="department_ids">
        <RecordInput source="department_ids" reference="departments" multiple helperText={help('department_ids')} />
      </Field>
      <FieldGrid>
        {role === 'content_writer' && (
          <Field name="ticket_scope" words={value => t(`stoa.users.scope.${String(value)}`)}>
            <SelectInput
              source="ticket_scope"
              choices={['own', 'department', 'all'].map(id => ({ id, name: t(`stoa.users.scope.${id}`) }))}
              defaultValue="department"
              helperText={help('ticket_scope')}
              isRequired
              fullWidth
            />
          </Field>
        )}
        <Field name="capacity" words={value => (value ? String(value) : t('stoa.users.noLimit'))}>
          <NumberInput
            source="capacity"
            min={0}
            step={1}
            defaultValue={0}
            validate={[minValue(0), maxValue(10_000)]}
            parse={text => (text === '' ? 0 : Number(text))}
            helperText={help('capacity')}
            fullWidth
          />
        </Field>
      </FieldGrid>
      <Field name="skills">
        <TextArrayInput source="skills" helperText={help('skills')} fullWidth />
      </Field>
    </>
  );
}

/** Absence, during which nothing is assigned. */
export function AbsenceFields({ absence }: { absence: User['out_of_office'] | undefined }) {
  const t = useTranslate();
  const ends = (_: unknown, all: { out_of_office?: { from?: unknown; to?: unknown } | null }) => {
    const { from, to } = all.out_of_office ?? {};
    if (Boolean(from) !== Boolean(to)) return 'stoa.users.absence.both';
    if (from && to && new Date(String(from)) >= new Date(String(to))) return 'stoa.users.absence.order';
    return undefined;
  };
  return (
    <Field
      name="out_of_office"
      words={() =>
        absence?.from
          ? t('stoa.users.absence.span', { from: formatDateTime(absence.from), to: formatDateTime(absence.to) })
          : '–'
      }
    >
      <FieldGrid>
        <DateTimeInput
          source="out_of_office.from"
          label={t('stoa.users.absence.from')}
          helperText={t('stoa.users.absence.help')}
          fullWidth
        />
        <DateTimeInput source="out_of_office.to" label={t('stoa.users.absence.to')} validate={ends} fullWidth />
      </FieldGrid>
    </Field>
  );
}

/** Turns an emptied absence into none. */
export function tidy(data: Record<string, unknown>): Record<string, unknown> {
  const absence = data.out_of_office as { from?: unknown; to?: unknown } | null | undefined;
  return absence && !absence.from && !absence.to ? { ...data, out_of_office: null } : data;
}
