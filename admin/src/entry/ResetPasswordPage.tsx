// Another password for whoever has the mail: by its link, or by its code.
import { Alert, Link, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink, useLocation, useSearchParams } from 'react-router-dom';
import { resetPassword } from '../api/accounts';
import { CodeField } from './CodeField';
import { isWhole } from './code';
import { EntryForm } from './EntryForm';
import { EntryFrame } from './EntryFrame';
import { NewPassword } from './NewPassword';
import { BackToLogIn, BrokenLink, Done } from './ToLogIn';
import { useNewPassword } from './useNewPassword';
import { useSubmit } from './useSubmit';

function Form({
  token,
  requestId,
  email,
  onDone,
}: {
  token: string | null;
  requestId: string;
  email: string | undefined;
  onDone: () => void;
}) {
  const t = useTranslate();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, fault, fields, run } = useSubmit(['code', 'new_password'], {
    invalid_token: t(token ? 'stoa.entry.reset.overLink' : 'stoa.entry.reset.overCode'),
  });
  const chosen = useNewPassword(email ? [email] : [], fields.new_password);
  const submit = async () => {
    setTried(true);
    const fit = chosen.check();
    if (!fit || (!token && !isWhole(code))) return;
    const proof = token ? { token } : { request_id: requestId, code };
    if (await run(() => resetPassword(proof, chosen.password))) onDone();
  };
  return (
    <>
      {!token && (
        <Alert severity="info" role="status" sx={{ mb: 2 }}>
          {t(email ? 'stoa.entry.reset.sentTo' : 'stoa.entry.reset.sent', { email })}
        </Alert>
      )}
      <EntryForm fault={fault} busy={busy} label={t('stoa.entry.reset.submit')} onSubmit={() => void submit()}>
        {!token && (
          <CodeField
            label={t('stoa.entry.reset.code')}
            value={code}
            onChange={setCode}
            autoFocus
            fault={fields.code ?? (tried && !isWhole(code) ? t('stoa.entry.codeShort') : undefined)}
          />
        )}
        <NewPassword {...chosen.field} />
      </EntryForm>
      <Typography variant="body2" sx={{ mt: 2 }}>
        <Link component={RouterLink} to="/forgot-password" state={{ email }}>
          {t('stoa.entry.reset.again')}
        </Link>
      </Typography>
      <BackToLogIn />
    </>
  );
}

/** Page of `/reset-password?token=…` and `/reset-password?request_id=…`. */
export default function ResetPasswordPage() {
  const t = useTranslate();
  const [given] = useSearchParams();
  const { state } = useLocation();
  const [done, setDone] = useState(false);
  const email = (state as { email?: string } | null)?.email;
  const token = given.get('token');
  const requestId = given.get('request_id');
  return (
    <EntryFrame title={t('stoa.entry.reset.title')}>
      {done ? (
        <Done email={email}>{t('stoa.entry.reset.done')}</Done>
      ) : token || requestId ? (
        <Form token={token} requestId={requestId ?? ''} email={email} onDone={() => setDone(true)} />
      ) : (
        <BrokenLink />
      )}
    </EntryFrame>
  );
}
