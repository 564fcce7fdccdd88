// The second step of the log-in: the code of the authenticator, or one of the recovery codes.
import { Button, CircularProgress, Link, Stack, TextField, Typography } from '@mui/material';
import { useState, type FormEvent } from 'react';
import { useTranslate } from 'react-admin';
import { CodeField } from '../entry/CodeField';
import { isWhole, recoveryOf } from '../entry/code';

/** Asks for the factor; `onBack` begins anew with the password. */
export function FactorStep({
  busy,
  submit,
  onBack,
}: {
  busy: boolean;
  submit: (code: string) => void;
  onBack: () => void;
}) {
  const t = useTranslate();
  const [way, setWay] = useState<'app' | 'recovery'>('app');
  const [code, setCode] = useState('');
  const [short, setShort] = useState(false);
  const app = way === 'app';
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (app && !isWhole(code)) {
      setShort(true);
      return;
    }
    submit(app ? code : recoveryOf(code));
    // A code is good once: what was sent is of no use any more.
    setCode('');
    setShort(false);
  };
  const other = () => {
    setWay(app ? 'recovery' : 'app');
    setCode('');
    setShort(false);
  };
  return (
    <Stack component="form" spacing={2} onSubmit={send}>
      <Typography sx={{ color: 'text.secondary' }}>
        {t(app ? 'stoa.account.log_in.factor' : 'stoa.account.log_in.factor_recovery')}
      </Typography>
      {app ? (
        <CodeField
          key="app"
          label={t('stoa.account.log_in.code')}
          autoFocus
          value={code}
          onChange={setCode}
          fault={short ? t('stoa.entry.codeShort') : undefined}
        />
      ) : (
        <TextField
          key="recovery"
          label={t('stoa.account.log_in.recovery')}
          autoComplete="off"
          autoFocus
          required
          value={code}
          onChange={event => setCode(event.target.value)}
          slotProps={{ htmlInput: { spellCheck: false, autoCapitalize: 'characters', maxLength: 100 } }}
        />
      )}
      <Button type="submit" variant="contained" size="medium" disabled={busy}>
        {busy ? <CircularProgress size={20} color="inherit" /> : t('stoa.account.log_in.submit')}
      </Button>
      <Stack direction="row" sx={{ justifyContent: 'space-between', flexWrap: 'wrap', gap: 1 }}>
        <Link component="button" type="button" variant="body2" onClick={other}>
          {t(app ? 'stoa.account.log_in.use_recovery' : 'stoa.account.log_in.use_app')}
        </Link>
        <Link component="button" type="button" variant="body2" onClick={onBack}>
          {t('stoa.account.log_in.begin_anew')}
        </Link>
      </Stack>
    </Stack>
  );
}
