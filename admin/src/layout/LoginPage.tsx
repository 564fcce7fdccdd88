// The log-in page: address and password, then the second factor where one is asked for.
import { Alert, Box, Button, Card, CardContent, CircularProgress, Stack, TextField, Typography } from '@mui/material';
import { useEffect, useState, type FormEvent } from 'react';
import { Notification, useLogin, useTranslate } from 'react-admin';
import { useLocation, useNavigate } from 'react-router-dom';
import { ApiError } from '../api/client';
import { useFollowSession } from '../api/follow';
import { endedWith, isLoggedIn } from '../api/session';
import { useErrorText } from '../components';

type Step = { name: 'password' } | { name: 'factor'; token: string };

function useLogIn() {
  const login = useLogin();
  const errorText = useErrorText();
  const t = useTranslate();
  const [step, setStep] = useState<Step>({ name: 'password' });
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const submit = async (values: Record<string, string>) => {
    setBusy(true);
    setFault(null);
    try {
      await login(values);
    } catch (error) {
      const token = error instanceof ApiError && error.code === 'mfa_required' ? error.body?.mfa_token : undefined;
      if (token) setStep({ name: 'factor', token });
      else if (error instanceof ApiError && error.code === 'invalid_grant') setFault(t('stoa.account.log_in.wrong'));
      else setFault(errorText(error));
    } finally {
      setBusy(false);
    }
  };
  return { step, busy, fault, submit };
}

function PasswordStep({ busy, submit }: { busy: boolean; submit: (values: Record<string, string>) => void }) {
  const t = useTranslate();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit({ username: username.trim(), password });
  };
  return (
    <Stack component="form" spacing={2} onSubmit={send}>
      <TextField
        label={t('stoa.account.log_in.email')}
        type="email"
        name="username"
        autoComplete="username"
        autoFocus
        required
        value={username}
        onChange={event => setUsername(event.target.value)}
      />
      <TextField
        label={t('stoa.account.log_in.password')}
        type="password"
        name="password"
        autoComplete="current-password"
        required
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      <Button type="submit" variant="contained" size="medium" disabled={busy}>
        {busy ? <CircularProgress size={20} color="inherit" /> : t('stoa.account.log_in.submit')}
      </Button>
    </Stack>
  );
}

function FactorStep({
  token,
  busy,
  submit,
}: {
  token: string;
  busy: boolean;
  submit: (values: Record<string, string>) => void;
}) {
  const t = useTranslate();
  const [code, setCode] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit({ mfa_token: token, code: code.trim() });
  };
  return (
    <Stack component="form" spacing={2} onSubmit={send}>
      <Typography sx={{ color: 'text.secondary' }}>{t('stoa.account.log_in.factor')}</Typography>
      <TextField
        label={t('stoa.account.log_in.code')}
        autoComplete="one-time-code"
        autoFocus
        required
        value={code}
        onChange={event => setCode(event.target.value)}
        slotProps={{ htmlInput: { inputMode: 'numeric' } }}
      />
      <Button type="submit" variant="contained" size="medium" disabled={busy}>
        {t('stoa.account.log_in.submit')}
      </Button>
    </Stack>
  );
}

/** The page. */
export function LoginPage() {
  useFollowSession();
  const t = useTranslate();
  const navigate = useNavigate();
  const { state } = useLocation();
  const { step, busy, fault, submit } = useLogIn();
  const ended = endedWith();
  const next = (state as { nextPathname?: string } | null)?.nextPathname;
  useEffect(() => {
    if (isLoggedIn()) navigate('/', { replace: true });
  }, [navigate]);
  return (
    <Box
      component="main"
      sx={{ minHeight: '100vh', display: 'grid', placeItems: 'center', p: 2, bgcolor: 'background.default' }}
    >
      <Card sx={{ width: '100%', maxWidth: 380 }}>
        <CardContent sx={{ p: 3 }}>
          <Stack direction="row" spacing={1.5} sx={{ alignItems: 'center', mb: 2 }}>
            <img src="/favicon.svg" alt="" width={32} height={32} />
            <Typography component="h1" variant="h5">
              {t('stoa.account.log_in.title')}
            </Typography>
          </Stack>
          {fault ? (
            <Alert severity="error" sx={{ mb: 2 }} role="alert">
              {fault}
            </Alert>
          ) : (
            (ended || (next && next !== '/')) && (
              <Typography sx={{ color: 'text.secondary', mb: 2 }}>
                {t(ended ? 'stoa.account.log_in.ended' : 'stoa.account.log_in.continue')}
              </Typography>
            )
          )}
          {step.name === 'password' ? (
            <PasswordStep busy={busy} submit={values => void submit(values)} />
          ) : (
            <FactorStep token={step.token} busy={busy} submit={values => void submit(values)} />
          )}
        </CardContent>
      </Card>
      <Notification />
    </Box>
  );
}
