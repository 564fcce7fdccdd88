// An address confirmed. Only by a press of the button: programs that look at mail open links too.
import { Alert, Link, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useLocation, useSearchParams } from 'react-router-dom';
import { resendVerification, verifyEmail } from '../api/accounts';
import { CodeField } from './CodeField';
import { isWhole } from './code';
import { EntryForm } from './EntryForm';
import { EntryFrame } from './EntryFrame';
import { BackToLogIn, BrokenLink, Done } from './ToLogIn';
import { useSubmit } from './useSubmit';

function Resend({ requestId }: { requestId: string }) {
  const t = useTranslate();
  const { busy, fault, run } = useSubmit([]);
  const [sent, setSent] = useState(false);
  const send = async () => {
    setSent(false);
    setSent(await run(() => resendVerification(requestId)));
  };
  return (
    <>
      <Typography variant="body2" sx={{ mt: 2 }}>
        <Link component="button" type="button" variant="body2" disabled={busy} onClick={() => void send()}>
          {t('stoa.entry.verify.again')}
        </Link>
      </Typography>
      {(fault ?? sent) && (
        <Alert severity={fault ? 'error' : 'success'} role={fault ? 'alert' : 'status'} sx={{ mt: 1 }}>
          {fault ?? t('stoa.entry.verify.sentAgain')}
        </Alert>
      )}
    </>
  );
}

function Form({
  token,
  requestId,
  email,
  onDone,
}: {
  token: string | null;
  requestId: string;
  email: string | undefined;
  onDone: (email: string) => void;
}) {
  const t = useTranslate();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, fault, fields, run } = useSubmit(['code'], {
    invalid_token: t(token ? 'stoa.entry.verify.overLink' : 'stoa.entry.verify.overCode'),
  });
  const submit = async () => {
    setTried(true);
    if (!token && !isWhole(code)) return;
    await run(async () => onDone(await verifyEmail(token ? { token } : { request_id: requestId, code })));
  };
  return (
    <>
      <Typography sx={{ color: 'text.secondary', mb: 2 }}>
        {token ? t('stoa.entry.verify.body') : t(email ? 'stoa.entry.verify.sentTo' : 'stoa.entry.verify.sent', { email })}
      </Typography>
      <EntryForm fault={fault} busy={busy} label={t('stoa.entry.verify.submit')} onSubmit={() => void submit()}>
        {!token && (
          <CodeField
            label={t('stoa.entry.reset.code')}
            value={code}
            onChange={setCode}
            autoFocus
            fault={fields.code ?? (tried && !isWhole(code) ? t('stoa.entry.codeShort') : undefined)}
          />
        )}
      </EntryForm>
      {!token && <Resend requestId={requestId} />}
      <BackToLogIn />
    </>
  );
}

/** Page of `/verify-email?token=…` and `/verify-email?request_id=…`. */
export default function VerifyEmailPage() {
  const t = useTranslate();
  const [given] = useSearchParams();
  const { state } = useLocation();
  const [confirmed, setConfirmed] = useState<string>();
  const email = (state as { email?: string } | null)?.email;
  const token = given.get('token');
  const requestId = given.get('request_id');
  return (
    <EntryFrame title={t('stoa.entry.verify.title')}>
      {confirmed !== undefined ? (
        <Done email={confirmed}>{t('stoa.entry.verify.done')}</Done>
      ) : token || requestId ? (
        <Form token={token} requestId={requestId ?? ''} email={email} onDone={setConfirmed} />
      ) : (
        <BrokenLink />
      )}
    </EntryFrame>
  );
}
