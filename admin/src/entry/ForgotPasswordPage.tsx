// A forgotten password: asks for the mail, then goes on with its code.
import { TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { forgotPassword } from '../api/accounts';
import { EntryForm } from './EntryForm';
import { EntryFrame } from './EntryFrame';
import { BackToLogIn } from './ToLogIn';
import { useSubmit } from './useSubmit';

/** Page of `/forgot-password`. */
export default function ForgotPasswordPage() {
  const t = useTranslate();
  const navigate = useNavigate();
  const { state } = useLocation();
  const [email, setEmail] = useState((state as { email?: string } | null)?.email ?? '');
  const { busy, fault, fields, run } = useSubmit(['email']);
  const submit = () =>
    run(async () => {
      const { request_id } = await forgotPassword(email.trim());
      navigate(`/reset-password?request_id=${encodeURIComponent(request_id)}`, { state: { email: email.trim() } });
    });
  return (
    <EntryFrame title={t('stoa.entry.forgot.title')}>
      <Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('stoa.entry.forgot.body')}</Typography>
      <EntryForm fault={fault} busy={busy} label={t('stoa.entry.forgot.submit')} onSubmit={() => void submit()}>
        <TextField
          label={t('stoa.account.log_in.email')}
          type="email"
          name="email"
          autoComplete="username"
          autoFocus
          required
          value={email}
          error={Boolean(fields.email)}
          helperText={fields.email}
          onChange={event => setEmail(event.target.value)}
        />
      </EntryForm>
      <BackToLogIn />
    </EntryFrame>
  );
}
