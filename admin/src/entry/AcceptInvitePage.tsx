// An invitation taken: the name, and a password of one's own.
import { TextField, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router-dom';
import { acceptInvitation } from '../api/accounts';
import { EntryForm } from './EntryForm';
import { EntryFrame } from './EntryFrame';
import { NewPassword } from './NewPassword';
import { BrokenLink, Done } from './ToLogIn';
import { useNewPassword } from './useNewPassword';
import { useSubmit } from './useSubmit';

function Form({ token, onDone }: { token: string; onDone: (email: string) => void }) {
  const t = useTranslate();
  const [name, setName] = useState('');
  const { busy, fault, fields, run } = useSubmit(['name', 'password'], { invalid_token: t('stoa.entry.invite.over') });
  const chosen = useNewPassword([name], fields.password);
  const submit = async () => {
    if (!chosen.check()) return;
    await run(async () => onDone(await acceptInvitation(token, name.trim(), chosen.password)));
  };
  return (
    <>
      <Typography sx={{ color: 'text.secondary', mb: 2 }}>{t('stoa.entry.invite.body')}</Typography>
      <EntryForm fault={fault} busy={busy} label={t('stoa.entry.invite.submit')} onSubmit={() => void submit()}>
        <TextField
          label={t('stoa.entry.name')}
          name="name"
          autoComplete="name"
          autoFocus
          value={name}
          error={Boolean(fields.name)}
          helperText={fields.name ?? t('stoa.entry.invite.name')}
          onChange={event => setName(event.target.value)}
          slotProps={{ htmlInput: { maxLength: 120 } }}
        />
        <NewPassword {...chosen.field} />
      </EntryForm>
    </>
  );
}

/** Page of `/accept-invite?token=…`. */
export default function AcceptInvitePage() {
  const t = useTranslate();
  const token = useSearchParams()[0].get('token');
  const [email, setEmail] = useState<string>();
  return (
    <EntryFrame title={t('stoa.entry.invite.title')}>
      {email !== undefined ? (
        <Done email={email}>{t('stoa.entry.invite.done', { email })}</Done>
      ) : token ? (
        <Form token={token} onDone={setEmail} />
      ) : (
        <BrokenLink />
      )}
    </EntryFrame>
  );
}
