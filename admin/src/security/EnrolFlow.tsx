// Setting up the second factor: the password, the picture for the authenticator, the recovery codes.
import { Alert, Box, Button, Link, Stack, TextField, Typography } from '@mui/material';
import { useState, type FormEvent, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { confirmFactor, enrolFactor, type Enrolment } from '../api/mfa';
import { CodeField } from '../entry/CodeField';
import { isWhole } from '../entry/code';
import { SecretValue } from '../structure/SecretValue';
import { groupsOf, pictureOf } from './qr';
import { RecoveryCodes } from './RecoveryCodes';
import { useAnswer } from './useAnswer';

function Step({ number, children }: { number: number; children: ReactNode }) {
  const t = useTranslate();
  return (
    <Stack spacing={2}>
      <Typography variant="body2" sx={{ color: 'text.secondary' }}>
        {t('stoa.security.enrol.step', { number, of: 3 })}
      </Typography>
      {children}
    </Stack>
  );
}

function PasswordStep({ onMade }: { onMade: (enrolment: Enrolment) => void }) {
  const t = useTranslate();
  const [password, setPassword] = useState('');
  const { busy, fault, fields, run } = useAnswer(['password']);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    const made = await run(() => enrolFactor(password));
    if (made) onMade(made);
  };
  return (
    <Step number={1}>
      <Typography>{t('stoa.security.enrol.password')}</Typography>
      <Stack component="form" spacing={2} onSubmit={event => void send(event)}>
        {fault && <Alert severity="error">{fault}</Alert>}
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
        <Box>
          <Button type="submit" variant="contained" disabled={busy || !password}>
            {t('stoa.security.enrol.next')}
          </Button>
        </Box>
      </Stack>
    </Step>
  );
}

function ScanStep({ enrolment, onConfirmed, onAgain }: { enrolment: Enrolment; onConfirmed: (codes: string[]) => void; onAgain: () => void }) {
  const t = useTranslate();
  const [code, setCode] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, fault, fields, run } = useAnswer(['code']);
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (!isWhole(code)) return;
    const codes = await run(() => confirmFactor(code));
    if (codes) onConfirmed(codes);
  };
  return (
    <Step number={2}>
      <Typography>{t('stoa.security.enrol.scan')}</Typography>
      {/* White around it in both themes: cameras need the contrast. */}
      <Box sx={{ alignSelf: 'center', p: 1.5, bgcolor: '#fff', borderRadius: 1, border: 1, borderColor: 'divider', lineHeight: 0 }}>
        <img src={pictureOf(enrolment.qr_svg)} alt={t('stoa.security.enrol.picture')} width={220} height={220} />
      </Box>
      <Typography variant="body2" sx={{ textAlign: 'center' }}>
        <Link href={enrolment.otpauth_url}>{t('stoa.security.enrol.here')}</Link>
      </Typography>
      <Box>
        <Typography variant="body2" sx={{ mb: 1, color: 'text.secondary' }}>
          {t('stoa.security.enrol.byHand')}
        </Typography>
        <SecretValue label={t('stoa.security.enrol.secret')} text={enrolment.secret}>
          {groupsOf(enrolment.secret)}
        </SecretValue>
      </Box>
      <Stack component="form" spacing={2} noValidate onSubmit={event => void send(event)}>
        {fault && <Alert severity="error">{fault}</Alert>}
        <CodeField
          label={t('stoa.security.enrol.code')}
          value={code}
          onChange={setCode}
          fault={fields.code ? t('stoa.security.enrol.wrong') : tried && !isWhole(code) ? t('stoa.entry.codeShort') : undefined}
        />
        <Stack direction="row" sx={{ gap: 1 }}>
          <Button type="submit" variant="contained" disabled={busy}>
            {t('stoa.security.enrol.confirm')}
          </Button>
          <Button color="inherit" onClick={onAgain} disabled={busy}>
            {t('stoa.security.enrol.again')}
          </Button>
        </Stack>
      </Stack>
    </Step>
  );
}

/** The three steps; `onConfirmed` when the factor is in force, `onDone` when the codes are put away. */
export function EnrolFlow({ email, onConfirmed, onDone }: { email: string; onConfirmed?: () => void; onDone: () => void }) {
  const [enrolment, setEnrolment] = useState<Enrolment>();
  const [codes, setCodes] = useState<string[]>();
  if (codes) {
    return (
      <Step number={3}>
        <RecoveryCodes codes={codes} email={email} onSaved={onDone} />
      </Step>
    );
  }
  if (!enrolment) return <PasswordStep onMade={setEnrolment} />;
  return (
    <ScanStep
      enrolment={enrolment}
      onAgain={() => setEnrolment(undefined)}
      onConfirmed={made => {
        setCodes(made);
        onConfirmed?.();
      }}
    />
  );
}
