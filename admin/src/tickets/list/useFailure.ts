// Tells what went wrong.
import { useCallback } from 'react';
import { useNotify } from 'react-admin';
import { useErrorText } from '../../components';

/** A function that shows an error to the reader. */
export function useFailure(): (error: unknown) => void {
  const notify = useNotify();
  const errorText = useErrorText();
  return useCallback(
    (error: unknown) => {
      const text = errorText(error);
      notify(text, { type: 'error', messageArgs: { _: text } });
    },
    [notify, errorText]
  );
}
