// What to say when a form could not be saved.
import { useCallback } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { ApiError } from '../api/client';
import { useErrorText } from '../components';

/** Whether the server wanted the password and the person did not give it. */
export function isUnproven(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'insufficient_user_authentication';
}

/** Tells of errors that no field of the form tells of. */
export function useSaveError(): (error: unknown) => void {
  const t = useTranslate();
  const notify = useNotify();
  const errorText = useErrorText();
  return useCallback(
    error => {
      const faults = error instanceof ApiError ? error.body?.errors : undefined;
      if (faults && Object.keys(faults).some(field => field !== 'root')) return;
      const message = isUnproven(error) ? t('stoa.structure.unproven') : errorText(error);
      notify(message, { type: 'error', multiLine: true });
    },
    [t, notify, errorText]
  );
}
