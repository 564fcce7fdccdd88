// Saves a file: its bytes are read with the rights of the reader, which a plain link would not carry.
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { saveBytes } from '../api/bytes';
import { ApiError } from '../api/client';
import { useErrorText } from '../components';
import type { QuarantineReason } from '../types';
import { useFaultText } from './useFaultText';

/** `lost` says why there is nothing to save any more. */
export function useSaveFile(file: { name: string; size: number; path: string }) {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  const faultText = useFaultText();
  const [busy, setBusy] = useState(false);
  const [lost, setLost] = useState<string>();

  const save = async () => {
    setBusy(true);
    setLost(undefined);
    try {
      await saveBytes(file.path, file.name);
    } catch (error) {
      const code = error instanceof ApiError ? error.code : '';
      if (code === 'quarantined') {
        const reason = ((error as ApiError).body?.reason ?? 'type_mismatch') as QuarantineReason;
        setLost(t('stoa.files.kept_back', { reason: faultText({ code: reason, again: false }, file.size) }));
      } else if (code === 'not_found') setLost(t('stoa.files.removed'));
      else notify(errorText(error), { type: 'error', multiLine: true });
    } finally {
      setBusy(false);
    }
  };
  return { save, busy, lost };
}
