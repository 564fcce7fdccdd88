// Asks for the password once more where the server wants a recent proof; the act that needed it then goes on.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, TextField } from '@mui/material';
import { useEffect, useRef, useState, type FormEvent } from 'react';
import { useTranslate } from 'react-admin';
import { ApiError } from '../api/client';
import { setProofPrompt } from '../api/proof';
import { stepUp } from '../api/session';
import { useErrorText } from '../components';

/** The dialog. It stands once in the layout; whoever sends a request need not know of it. */
export function ProofDialog() {
  const t = useTranslate();
  const errorText = useErrorText();
  const [open, setOpen] = useState(false);
  const [password, setPassword] = useState('');
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
          setFault(null);
          setOpen(true);
        })
    );
    return () => setProofPrompt(null);
  }, []);

  const finish = (proven: boolean) => {
    setOpen(false);
    setPassword('');
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
      await stepUp(password);
      finish(true);
    } catch (error) {
      const wrong = error instanceof ApiError && error.status === 422;
      setFault(wrong ? t('stoa.account.proof.wrong') : errorText(error));
    } finally {
      setBusy(false);
    }
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
          <TextField
            autoFocus
            required
            type="password"
            autoComplete="current-password"
            label={t('stoa.account.proof.password')}
            value={password}
            onChange={event => setPassword(event.target.value)}
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={() => finish(false)} disabled={busy}>
            {t('ra.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={busy || !password}>
            {t('stoa.account.proof.confirm')}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
