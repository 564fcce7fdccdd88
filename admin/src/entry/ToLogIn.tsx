// The way on to the log-in.
import { Alert, Button, Link, Stack, Typography } from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink, useNavigate } from 'react-router-dom';
import { isLoggedIn, logOut } from '../api/session';

/** A link back to the log-in page, below a form. */
export function BackToLogIn() {
  const t = useTranslate();
  return (
    <Typography variant="body2" sx={{ mt: 2 }}>
      <Link component={RouterLink} to="/login">
        {t('stoa.entry.back')}
      </Link>
    </Typography>
  );
}

/** Says what was done and leads to the log-in; whoever is still logged in here is logged out first. */
export function Done({ children, email }: { children: string; email?: string }) {
  const t = useTranslate();
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const somebody = isLoggedIn();
  const go = async () => {
    setBusy(true);
    if (isLoggedIn()) await logOut();
    navigate('/login', { state: email ? { email } : null });
  };
  return (
    <Stack spacing={2}>
      <Alert severity="success" role="status">
        {children}
      </Alert>
      {somebody && <Typography sx={{ color: 'text.secondary' }}>{t('stoa.entry.somebodyElse')}</Typography>}
      <Button variant="contained" size="medium" onClick={() => void go()} disabled={busy} autoFocus>
        {t(somebody ? 'stoa.entry.switch' : 'stoa.entry.toLogIn')}
      </Button>
    </Stack>
  );
}

/** A link that lacks what it should carry. */
export function BrokenLink() {
  const t = useTranslate();
  return (
    <>
      <Alert severity="error">{t('stoa.entry.brokenLink')}</Alert>
      <BackToLogIn />
    </>
  );
}
