// The fields of a company that are the same in its settings and on the operators' page.
import { Box, Stack, Typography } from '@mui/material';
import { CheckboxGroupInput, TextInput, maxLength, required, useTranslate } from 'react-admin';
import { useWatch } from 'react-hook-form';
import { ColourInput } from '../structure/ColourInput';
import { isColour, readableOn } from '../structure/colour';
import { ExplainedInput } from '../structure/ExplainedInput';
import { Field } from '../structure/Field';
import { LocaleInput, TimezoneInput, languageName } from '../structure/PlaceInputs';
import { FieldGrid } from '../structure/RecordForm';
import { ROLES, type Company } from '../types';

/** Turns emptied branding into none. */
export function tidyCompany(data: Record<string, unknown>): Record<string, unknown> {
  const branding = data.branding as Company['branding'] | undefined;
  return branding && !branding.logo_url && !branding.colour ? { ...data, branding: null } : data;
}

function Preview() {
  const t = useTranslate();
  const colour = useWatch({ name: 'branding.colour' }) as string | null | undefined;
  if (!isColour(colour)) return null;
  return (
    <Box
      sx={{
        width: 'fit-content',
        px: 1.5,
        py: 0.5,
        borderRadius: 1,
        bgcolor: colour,
        color: readableOn(colour),
        mb: 1,
      }}
    >
      <Typography variant="body2">{t('stoa.settings.colourPreview')}</Typography>
    </Box>
  );
}

function Branding({ value }: { value: unknown }) {
  const branding = value as Company['branding'];
  if (!branding?.colour && !branding?.logo_url) return <>–</>;
  return (
    <Stack direction="row" sx={{ gap: 1, alignItems: 'center !important' }}>
      {branding.colour && (
        <Box aria-hidden sx={{ width: 16, height: 16, borderRadius: 0.5, bgcolor: branding.colour }} />
      )}
      <span>{[branding.colour, branding.logo_url].filter(Boolean).join(', ')}</span>
    </Stack>
  );
}

/** Name, place and looks of a company. */
export function CompanyFields() {
  const t = useTranslate();
  const help = (field: string) => t(`stoa.settings.help.${field}`);
  return (
    <>
      <Field name="name">
        <TextInput source="name" validate={[required(), maxLength(120)]} helperText={false} fullWidth />
      </Field>
      <FieldGrid>
        <Field name="timezone">
          <TimezoneInput helperText={help('timezone')} required />
        </Field>
        <Field name="locale" words={value => languageName(String(value))}>
          <LocaleInput helperText={help('locale')} required />
        </Field>
      </FieldGrid>
      <Field name="branding" words={value => <Branding value={value} />}>
        <TextInput
          source="branding.logo_url"
          label={t('stoa.settings.logo')}
          validate={maxLength(200)}
          parse={text => text || null}
          helperText={help('logo')}
          fullWidth
        />
        <ColourInput source="branding.colour" label={t('stoa.settings.colour')} helperText={help('colour')} />
        <Preview />
      </Field>
    </>
  );
}

/** What operators may do inside the company. */
export function SupportAccess() {
  const t = useTranslate();
  const choices = ['off', 'read', 'write'].map(id => ({
    id,
    title: t(`stoa.settings.support.${id}.title`),
    body: t(`stoa.settings.support.${id}.body`),
  }));
  return (
    <Field name="support_access" words={value => t(`stoa.settings.support.${String(value)}.title`)}>
      <ExplainedInput source="support_access" choices={choices} defaultValue="write" />
    </Field>
  );
}

/** Of which roles a second factor is demanded. */
export function FactorRoles() {
  const t = useTranslate();
  const roles = ROLES.filter(role => role !== 'superadmin');
  const name = (role: string) => t(`stoa.common.roles.${role}`);
  return (
    <Field
      name="mfa_required_roles"
      words={value => ((value ?? []) as string[]).map(name).join(', ') || t('stoa.settings.noRole')}
    >
      <CheckboxGroupInput
        source="mfa_required_roles"
        choices={roles.map(id => ({ id, name: name(id) }))}
        parse={chosen => chosen ?? []}
        helperText={t('stoa.settings.help.mfa_required_roles')}
        sx={{
          '& .RaCheckboxGroupInput-label': {
            fontWeight: 600,
            fontSize: '0.93rem',
            lineHeight: 1.6,
            transform: 'none',
            color: 'text.secondary',
          },
        }}
      />
    </Field>
  );
}
