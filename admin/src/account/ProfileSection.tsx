// Name, telephone, language and time zone of one's own.
import { Box, Typography } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { SaveButton, SimpleForm, TextInput, required, useNotify, useTranslate, useUpdate } from 'react-admin';
import { reloadMe, type Me } from '../api/me';
import { useMay } from '../api/permissions';
import { SectionCard, useErrorText } from '../components';
import type { User } from '../types';

const FIELDS = ['name', 'phone', 'locale', 'timezone'] as const;

/** The form. Fields that the role may not set are left out. */
export function ProfileSection({ me }: { me: Me }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const client = useQueryClient();
  const [update] = useUpdate<User>();
  const may = {
    name: useMay('users.name', 'edit'),
    phone: useMay('users.phone', 'edit'),
    locale: useMay('users.locale', 'edit'),
    timezone: useMay('users.timezone', 'edit'),
  };
  const save = async (values: Partial<User>) => {
    const data = Object.fromEntries(FIELDS.filter(name => may[name]).map(name => [name, values[name] || null]));
    try {
      await update('users', { id: me.id, data, previousData: me as User }, { returnPromise: true });
      await reloadMe();
      await client.invalidateQueries({ queryKey: ['users'] });
      notify('stoa.account.profile.saved', { type: 'success' });
      return undefined;
    } catch (error) {
      const errors = (error as { body?: { errors?: Record<string, unknown> } }).body?.errors;
      if (!errors) notify(errorText(error), { type: 'error', messageArgs: { _: errorText(error) } });
      return errors;
    }
  };
  return (
    <SectionCard title={t('stoa.account.profile.title')}>
      <Box sx={{ display: 'grid', gridTemplateColumns: 'auto 1fr', columnGap: 2, mb: 1 }}>
        <Typography sx={{ color: 'text.secondary' }}>{t('stoa.account.profile.email')}</Typography>
        <Typography sx={{ overflowWrap: 'anywhere' }}>{me.email}</Typography>
        <Typography sx={{ color: 'text.secondary' }}>{t('stoa.account.profile.role')}</Typography>
        <Typography>{t(`stoa.common.roles.${me.role}`)}</Typography>
      </Box>
      <SimpleForm
        resource="users"
        record={me}
        onSubmit={save}
        warnWhenUnsavedChanges
        sx={{ p: 0, '&:last-child': { pb: '0 !important' }, maxWidth: 480 }}
        toolbar={
          <Box sx={{ pt: 1 }}>
            <SaveButton label="stoa.account.profile.save" />
          </Box>
        }
      >
        {may.name && <TextInput source="name" validate={required()} autoComplete="name" />}
        {may.phone && <TextInput source="phone" autoComplete="tel" />}
        {may.locale && <TextInput source="locale" label="stoa.account.profile.locale" />}
        {may.timezone && <TextInput source="timezone" />}
      </SimpleForm>
    </SectionCard>
  );
}
