// A password that is only ever written: empty when the page opens, and again when it was saved.
import { useEffect } from 'react';
import { PasswordInput, useRecordContext, useTranslate } from 'react-admin';
import { useFormContext, useWatch } from 'react-hook-form';
import type { Mailbox } from '../types';
import { hasMoved, lacksPassword, type ServerKind } from './values';

/** The password of a server. */
export function SecretInput({ kind }: { kind: ServerKind }) {
  const t = useTranslate();
  const source = `${kind}_password`;
  const record = useRecordContext<Mailbox>();
  const { resetField } = useFormContext();
  const now = useWatch({ name: kind }) as Mailbox['smtp'];
  const before = record?.[kind];
  const moved = hasMoved(before, now);
  // What was saved is not shown again, nor sent a second time.
  const saved = record?.version;
  useEffect(() => {
    if (saved !== undefined) resetField(source, { defaultValue: '' });
  }, [saved, source, resetField]);
  const validate = (value: string, all: Record<string, unknown>) =>
    lacksPassword(before, all[kind] as Mailbox['smtp'], value) ? t('stoa.mailboxes.passwordMissing') : undefined;
  return (
    <PasswordInput
      source={source}
      label={t('stoa.mailboxes.server.password')}
      validate={validate}
      helperText={before ? t(`stoa.mailboxes.${moved ? 'again' : 'stored'}`) : false}
      // Not what the browser knows for the log-in to this page.
      autoComplete="new-password"
      fullWidth
    />
  );
}
