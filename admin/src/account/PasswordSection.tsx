// Choosing another password.
import { Box } from '@mui/material';
import { useState } from 'react';
import { PasswordInput, SaveButton, SimpleForm, minLength, required, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { useMe } from '../api/me';
import { changePassword, mustChangePassword } from '../api/session';
import { SectionCard, useErrorText } from '../components';

/** NIST SP 800-63B-4: characters where the password is the only factor, and beside a demanded second one. */
const ALONE = 15;
const WITH_FACTOR = 8;

interface Values {
  current_password?: string;
  new_password?: string;
  again?: string;
}

/** The form. Afterwards only this session is left. */
export function PasswordSection() {
  const t = useTranslate();
  const notify = useNotify();
  const navigate = useNavigate();
  const errorText = useErrorText();
  const me = useMe();
  const [round, setRound] = useState(0);
  const save = async (values: Values) => {
    const first = mustChangePassword();
    try {
      await changePassword(values.current_password ?? '', values.new_password ?? '');
    } catch (error) {
      const errors = (error as { body?: { errors?: Record<string, unknown> } }).body?.errors;
      if (!errors) notify(errorText(error), { type: 'error', messageArgs: { _: errorText(error) } });
      return errors;
    }
    notify('stoa.account.password.saved', { type: 'success' });
    setRound(number => number + 1);
    if (first) navigate('/');
    return undefined;
  };
  const same = (again: string | undefined, all: Values) =>
    again === all.new_password ? undefined : t('stoa.account.password.differs');
  const least = me?.mfa?.required ? WITH_FACTOR : ALONE;
  const long = [required(), minLength(least, t('stoa.account.password.short', { least }))];
  return (
    <SectionCard title={t('stoa.account.password.title')}>
      <SimpleForm
        key={round}
        onSubmit={save}
        sx={{ p: 0, '&:last-child': { pb: '0 !important' }, maxWidth: 480 }}
        toolbar={
          <Box sx={{ pt: 1 }}>
            <SaveButton label="stoa.account.password.save" />
          </Box>
        }
      >
        <PasswordInput
          source="current_password"
          label="stoa.account.password.current"
          autoComplete="current-password"
          validate={required()}
        />
        <PasswordInput
          source="new_password"
          label="stoa.account.password.next"
          autoComplete="new-password"
          helperText={t('stoa.account.password.hint', { least })}
          validate={long}
        />
        <PasswordInput
          source="again"
          label="stoa.account.password.again"
          autoComplete="new-password"
          validate={[required(), same]}
        />
      </SimpleForm>
    </SectionCard>
  );
}
