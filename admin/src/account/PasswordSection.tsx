// Choosing another password.
import { Box } from '@mui/material';
import { useState } from 'react';
import { PasswordInput, SaveButton, SimpleForm, minLength, required, useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { changePassword, mustChangePassword } from '../api/session';
import { SectionCard, useErrorText } from '../components';

/** NIST SP 800-63B-4: 15 characters where the password is the only factor. */
const SHORTEST = 15;

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
  const long = [required(), minLength(SHORTEST, 'stoa.account.password.short')];
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
          helperText="stoa.account.password.hint"
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
