// A secret, shown once: after it was made and after it was changed.
import { Alert, DialogContentText } from '@mui/material';
import type { ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { OnceDialog } from './OnceDialog';
import { SecretValue } from './SecretValue';

/** Shows the secret until it was taken along. */
export function FreshSecretDialog({
  title,
  body,
  label,
  value,
  lost,
  children,
  onClose,
}: {
  title: string;
  body: string;
  /** What kind of secret it is. */
  label: string;
  /** None when the answer that told it got lost on the way. */
  value: string | null;
  /** Said when there is none. */
  lost: string;
  /** How to use it. */
  children?: ReactNode;
  onClose: () => void;
}) {
  const t = useTranslate();
  return (
    <OnceDialog
      title={title}
      taken={t(value === null ? 'ra.action.close' : 'stoa.structure.secret.taken')}
      onClose={onClose}
    >
      {value === null ? (
        <Alert severity="error">{lost}</Alert>
      ) : (
        <>
          <DialogContentText sx={{ mb: 2 }}>{body}</DialogContentText>
          <SecretValue label={label} text={value} />
          <Alert severity="warning" sx={{ mt: 2 }}>
            {t('stoa.structure.secret.once')}
          </Alert>
          {children}
        </>
      )}
    </OnceDialog>
  );
}
