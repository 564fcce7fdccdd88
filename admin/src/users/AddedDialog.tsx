// After a person was added: that an invitation was sent, or the first password, shown once.
import { Alert, Button, Dialog, DialogActions, DialogContent, DialogContentText, DialogTitle } from '@mui/material';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { CopyValue } from '../structure/CopyValue';
import type { User } from '../types';

/** Says what happens next, with the password to hand over. */
export function AddedDialog({ person, password, onClose }: { person: User; password?: string; onClose: () => void }) {
  const t = useTranslate();
  const id = useId();
  return (
    // No way out by a stray click: the password cannot be shown again.
    <Dialog open maxWidth="xs" fullWidth aria-labelledby={id}>
      <DialogTitle id={id}>{t('stoa.users.added.title', { name: person.name })}</DialogTitle>
      <DialogContent>
        {password ? (
          <>
            <DialogContentText sx={{ mb: 2 }}>
              {t('stoa.users.added.handOver', { email: person.email })}
            </DialogContentText>
            <CopyValue label={t('stoa.users.create.firstPassword')} value={password} />
            <Alert severity="warning" sx={{ mt: 2 }}>
              {t('stoa.users.added.once')}
            </Alert>
          </>
        ) : (
          <DialogContentText>
            {t('stoa.users.added.invited', { name: person.name, email: person.email })}
          </DialogContentText>
        )}
      </DialogContent>
      <DialogActions>
        <Button variant="contained" onClick={onClose}>
          {t(password ? 'stoa.users.added.noted' : 'ra.action.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
