// The second factor of the own account: how it stands, and what can be done about it.
import {
  Alert,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  Stack,
  Typography,
  useMediaQuery,
  type Theme,
} from '@mui/material';
import { useId, useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { useMe } from '../api/me';
import { factorSettled, removeFactor, renewRecoveryCodes } from '../api/mfa';
import { SectionCard, ToneChip } from '../components';
import { EnrolFlow } from './EnrolFlow';
import { ProveDialog } from './ProveDialog';
import { RecoveryCodes } from './RecoveryCodes';

/** Fewer codes than this are worth a word. */
const FEW = 3;

type Open = 'enrol' | 'renew' | 'remove';

/** The section. */
export function FactorSection() {
  const t = useTranslate();
  const id = useId();
  const me = useMe();
  const notify = useNotify();
  // Where there is little room the dialogs take all of it.
  const phone = useMediaQuery<Theme>(theme => theme.breakpoints.down('sm'));
  const [open, setOpen] = useState<Open>();
  const [secured, setSecured] = useState(false);
  const [codes, setCodes] = useState<string[]>();
  const factor = me?.mfa;
  if (!me || !factor) return null;
  const left = factor.recovery_codes_left;

  const settle = () => {
    setOpen(undefined);
    setSecured(false);
    setCodes(undefined);
    void factorSettled();
  };
  // Once the factor is in force the codes must be seen to be put away: no way out by a stray click.
  const leave = () => {
    if (!secured) setOpen(undefined);
  };

  return (
    <SectionCard
      title={t('stoa.security.title')}
      actions={
        <ToneChip
          tone={factor.enrolled ? 'success' : 'default'}
          label={t(factor.enrolled ? 'stoa.security.on' : 'stoa.security.off')}
        />
      }
    >
      <Typography sx={{ color: 'text.secondary', mb: 1 }}>
        {t(factor.enrolled ? 'stoa.security.isOn' : 'stoa.security.isOff')}
      </Typography>
      {factor.enrolled && (
        <Alert severity={left < FEW ? 'warning' : 'info'} sx={{ mb: 1 }}>
          {t('stoa.security.left', { smart_count: left })}
        </Alert>
      )}
      {factor.required && factor.enrolled && (
        <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
          {t('stoa.security.required')}
        </Typography>
      )}
      <Stack direction="row" sx={{ gap: 1, flexWrap: 'wrap' }}>
        {!factor.enrolled && (
          <Button variant="contained" onClick={() => setOpen('enrol')}>
            {t('stoa.security.enrol.action')}
          </Button>
        )}
        {factor.enrolled && (
          <>
            <Button variant="outlined" onClick={() => setOpen('renew')}>
              {t('stoa.security.renew.action')}
            </Button>
            <Button variant="outlined" color="error" onClick={() => setOpen('remove')}>
              {t('stoa.security.remove.action')}
            </Button>
          </>
        )}
      </Stack>
      {open === 'enrol' && (
        <Dialog open onClose={leave} fullScreen={phone} fullWidth maxWidth="sm" aria-labelledby={id}>
          <DialogTitle id={id}>{t('stoa.security.enrol.title')}</DialogTitle>
          <DialogContent>
            <EnrolFlow email={me.email} onConfirmed={() => setSecured(true)} onDone={settle} />
          </DialogContent>
          {!secured && (
            <DialogActions>
              <Button onClick={leave}>{t('ra.action.cancel')}</Button>
            </DialogActions>
          )}
        </Dialog>
      )}
      {open === 'renew' && (
        <ProveDialog
          title={t('stoa.security.renew.title')}
          body={t('stoa.security.renew.body')}
          confirmLabel={t('stoa.security.renew.action')}
          act={async (password, code) => {
            setCodes(await renewRecoveryCodes(password, code));
            setOpen(undefined);
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
      {codes && (
        <Dialog open fullScreen={phone} fullWidth maxWidth="sm" aria-labelledby={id}>
          <DialogTitle id={id}>{t('stoa.security.codes.title')}</DialogTitle>
          <DialogContent>
            <RecoveryCodes codes={codes} email={me.email} onSaved={settle} />
          </DialogContent>
        </Dialog>
      )}
      {open === 'remove' && (
        <ProveDialog
          danger
          title={t('stoa.security.remove.title')}
          body={t(factor.required ? 'stoa.security.remove.bodyRequired' : 'stoa.security.remove.body')}
          confirmLabel={t('stoa.security.remove.action')}
          act={async (password, code) => {
            await removeFactor(password, code);
            setOpen(undefined);
            notify('stoa.security.remove.done', { type: 'success' });
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </SectionCard>
  );
}
