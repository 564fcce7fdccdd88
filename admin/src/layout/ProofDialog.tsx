// Asks for the password once more where the server wants a recent proof; the act that needed it then goes on.
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogContentText,
  DialogTitle,
  Stack,
  TextField,
} from '@mui/material';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslate } from 'react-admin';
import { ApiError } from '../api/client';
import { currentMe } from '../api/me';
import { setProofPrompt } from '../api/proof';
import { stepUp } from '../api/session';
import { useErrorText } from '../components';
import { FactorField } from '../security/FactorField';

/** The dialog. It stands once in the layout; whoever sends a request need not know of it. */
export function ProofDialog() {
  const t = useTranslate();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
  const [factor, setFactor] = useState(false);
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const settle = useRef<(proven: boolean) => void>(() => undefined);

  useEffect(() => {
    setProofPrompt(
      () =>
        new Promise(done => {
          // A second act that needs the proof meanwhile takes the place of the first, which is given up.
          settle.current(false);
          settle.current = done;
          setPassword('');
          setCode('');
          setFactor(currentMe()?.mfa?.enrolled ?? false);
          setFault(null);
          setOpen(true);
        })
    );
    return () => setProofPrompt(null);
  }, []);

  const finish = (proven: boolean) => {
    setOpen(false);
    setPassword('');
    setCode('');
    settle.current(proven);
    settle.current = () => undefined;
  };

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // React passes events on to the form from which the dialog was opened.
    event.stopPropagation();
    setBusy(true);
    setFault(null);
    try {
      await stepUp(password, factor ? code.trim() : undefined);
      finish(true);
    } catch (error) {
      setCode('');
      setFault(words(error));
    } finally {
      setBusy(false);
    }
  };

  const words = (error: unknown): string => {
    if (!(error instanceof ApiError) || error.status !== 422) return errorText(error);
    if (error.body?.errors?.password !== undefined) return t('stoa.account.proof.wrong');
    if (error.body?.errors?.code === undefined) return errorText(error);
    // Set up meanwhile in another browser, the second factor is asked for from now on.
    if (!factor) setFactor(true);
    return t(factor ? 'stoa.security.wrongFactor' : 'stoa.account.proof.factorToo');
  };

  return (
    <Dialog open={open} onClose={() => finish(false)} fullWidth maxWidth="xs" aria-labelledby="proof-title">
      <form onSubmit={event => void submit(event)}>
        <DialogTitle id="proof-title">{t('stoa.account.proof.title')}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>{t('stoa.account.proof.body')}</DialogContentText>
          {fault && (
            <Alert severity="error" sx={{ mb: 2 }}>
              {fault}
            </Alert>
          )}
          <Stack spacing={2} sx={{ pt: 0.5 }}>
            <TextField
              autoFocus
              required
              type="password"
              autoComplete="current-password"
              label={t('stoa.account.proof.password')}
              value={password}
              onChange={event => setPassword(event.target.value)}
            />
            {factor && <FactorField value={code} onChange={setCode} />}
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={() => finish(false)} disabled={busy}>
            {t('ra.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={busy || !password || (factor && !code)}>
            {t('stoa.account.proof.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
