// Asks for password and second factor before something that weakens or renews the factor.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle, Stack, TextField } from '@mui/material';
import { useId, useState, type FormEvent } from 'react';
import { useTranslate } from 'react-admin';
import { FactorField } from './FactorField';
import { useAnswer } from './useAnswer';

/** A dialog that hands both to `act` and stays until that went well. */
export function ProveDialog({
  title,
  body,
  confirmLabel,
  danger = false,
  act,
  onClose,
}: {
  title: string;
  body: string;
  confirmLabel: string;
  danger?: boolean;
  act: (password: string, code: string) => Promise<void>;
  onClose: () => void;
}) {
  const t = useTranslate();
  const id = useId();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const { busy, fault, fields, run } = useAnswer(['password', 'code']);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const done = await run(async () => {
      await act(password, code.trim());
      return true;
    });
    if (!done) setCode('');
  };
  return (
    <Dialog open onClose={busy ? undefined : onClose} fullWidth maxWidth="xs" aria-labelledby={id}>
      <form onSubmit={event => void send(event)}>
        <DialogTitle id={id}>{title}</DialogTitle>
        <DialogContent>
          <DialogContentText sx={{ mb: 2 }}>{body}</DialogContentText>
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
              error={Boolean(fields.password)}
              helperText={fields.password && t('stoa.account.proof.wrong')}
              onChange={event => setPassword(event.target.value)}
            />
            <FactorField value={code} onChange={setCode} fault={fields.code && t('stoa.security.wrongFactor')} />
          </Stack>
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose} disabled={busy}>
            {t('ra.action.cancel')}
          </Button>
          <Button type="submit" variant="contained" color={danger ? 'error' : 'primary'} disabled={busy || !password || !code}>
            {confirmLabel}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
