// The log-in page: address and password, then the second factor where one is asked for.
import { Alert, Button, CircularProgress, Link, Stack, TextField, Typography } from '@mui/material';
import { useEffect, useState, type FormEvent } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink, useLocation, useNavigate } from 'react-router-dom';
import { useFollowSession } from '../api/follow';
import { endedWith, isLoggedIn } from '../api/session';
import { EntryFrame } from '../entry/EntryFrame';
import { FactorStep } from './FactorStep';
import { useLogIn } from './useLogIn';

interface From {
  nextPathname?: string;
  /** Address of whoever was on another page of this sort before. */
  email?: string;
}

function PasswordStep({
  busy,
  email,
  submit,
}: {
  busy: boolean;
  email: string;
  submit: (username: string, password: string) => void;
}) {
  const t = useTranslate();
  const [username, setUsername] = useState(email);
  const [password, setPassword] = useState('');
  const send = (event: FormEvent) => {
    event.preventDefault();
    submit(username.trim(), password);
  };
  return (
    <Stack component="form" spacing={2} onSubmit={send}>
      <TextField
        label={t('stoa.account.log_in.email')}
        type="email"
        name="username"
        autoComplete="username"
        autoFocus={!email}
        required
        value={username}
        onChange={event => setUsername(event.target.value)}
      />
      <TextField
        label={t('stoa.account.log_in.password')}
        type="password"
        name="password"
        autoComplete="current-password"
        autoFocus={Boolean(email)}
        required
        value={password}
        onChange={event => setPassword(event.target.value)}
      />
      <Button type="submit" variant="contained" size="medium" disabled={busy}>
        {busy ? <CircularProgress size={20} color="inherit" /> : t('stoa.account.log_in.submit')}
      </Button>
      <Link component={RouterLink} to="/forgot-password" state={{ email: username.trim() }} variant="body2">
        {t('stoa.account.log_in.forgotten')}
      </Link>
    </Stack>
  );
}

/** The page. */
export function LoginPage() {
  useFollowSession();
  const t = useTranslate();
  const navigate = useNavigate();
  const state = useLocation().state as From | null;
  const { step, busy, fault, password, factor, back } = useLogIn();
  // Kept for whoever has to begin anew after the second step.
  const [email, setEmail] = useState(state?.email ?? '');
  const ended = endedWith();
  const next = state?.nextPathname;
  useEffect(() => {
    if (isLoggedIn()) navigate('/', { replace: true });
  }, [navigate]);
  return (
    <EntryFrame title={t('stoa.account.log_in.title')}>
      {fault ? (
        <Alert severity="error" sx={{ mb: 2 }} role="alert">
          {fault}
        </Alert>
      ) : (
        step.name === 'password' &&
        (ended || (next && next !== '/')) && (
          <Typography sx={{ color: 'text.secondary', mb: 2 }}>
            {t(ended ? 'stoa.account.log_in.ended' : 'stoa.account.log_in.continue')}
          </Typography>
        )
      )}
      {step.name === 'password' ? (
        <PasswordStep
          busy={busy}
          email={email}
          submit={(username, secret) => {
            setEmail(username);
            void password(username, secret);
          }}
        />
      ) : (
        <FactorStep busy={busy} submit={code => void factor(code)} onBack={back} />
      )}
    </EntryFrame>
  );
}
