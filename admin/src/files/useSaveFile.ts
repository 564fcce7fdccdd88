// Saves a file: its bytes are read with the rights of the reader, which a plain link would not carry.
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { saveBytes } from '../api/bytes';
import { ApiError } from '../api/client';
import { useErrorText } from '../components';
import type { QuarantineReason } from '../types';

/** `lost` says why there is nothing to save any more; `failed` is what an earlier reading of it ended with. */
export function useSaveFile(file: { name: string; size: number; path: string }, failed?: unknown) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState(failed);

  const lostText = (cause: unknown) => {
    if (!(cause instanceof ApiError)) return undefined;
    if (cause.code === 'not_found') return t('stoa.files.removed');
    if (cause.code !== 'quarantined') return undefined;
    const code = (cause.body?.reason ?? 'type_mismatch') as QuarantineReason;
    return t('stoa.files.kept_back', { reason: t(`stoa.uploads.reasons.${code}`) });
  };
  const save = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await saveBytes(file.path, file.name);
    } catch (reason) {
      setError(reason);
      if (!lostText(reason)) notify(errorText(reason), { type: 'error', multiLine: true });
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, lost: lostText(error) };
}
