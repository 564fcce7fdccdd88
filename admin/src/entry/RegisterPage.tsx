// An account of one's own as a client, where the company allows it.
import { TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { register } from '../api/accounts';
import { EntryForm } from './EntryForm';
import { EntryFrame } from './EntryFrame';
import { NewPassword } from './NewPassword';
import { BackToLogIn, BrokenLink } from './ToLogIn';
import { useNewPassword } from './useNewPassword';
import { useSubmit } from './useSubmit';

function Form({ company }: { company: string }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const { busy, fault, fields, run } = useSubmit(['name', 'email', 'password']);
  const chosen = useNewPassword([email, name, company], fields.password);
  const submit = async () => {
    if (!chosen.check()) return;
    await run(async () => {
      // The same whether there was an account before or not: nobody learns who has one.
      const { request_id } = await register(company, name.trim(), email.trim(), chosen.password);
      navigate(`/verify-email?request_id=${encodeURIComponent(request_id)}`, { state: { email: email.trim() } });
    });
  };
  return (
    <>
      <Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('stoa.entry.register.body')}</Typography>
      <EntryForm fault={fault} busy={busy} label={t('stoa.entry.register.submit')} onSubmit={() => void submit()}>
        <TextField
          label={t('stoa.entry.name')}
          name="name"
          autoComplete="name"
          autoFocus
          required
          value={name}
          error={Boolean(fields.name)}
          helperText={fields.name}
          onChange={event => setName(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 120 } }}
        />
        <TextField
          label={t('stoa.account.log_in.email')}
          type="email"
          name="email"
          autoComplete="username"
          required
          value={email}
          error={Boolean(fields.email)}
          helperText={fields.email}
          onChange={event => setEmail(event.target.value)}
        />
        <NewPassword {...chosen.field} />
      </EntryForm>
      <BackToLogIn />
    </>
  );
}

/** Page of `/register?company=…`. */
export default function RegisterPage() {
  const t = useTranslate();
  const company = useSearchParams()[0].get('company');
  return (
    <EntryFrame title={t('stoa.entry.register.title')}>{company ? <Form company={company} /> : <BrokenLink />}</EntryFrame>
  );
}
