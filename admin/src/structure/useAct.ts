// Does an action with a record and brings the page up to date; what went wrong is told in words.
import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import { useErrorText } from '../components';
import type { ActionOptions, StoaDataProvider } from '../dataProvider';
import { isUnproven } from './useSaveError';

/** `run` gives the answer, or undefined when it was refused: then `refusal` says why. */
export function useAct(resource: string, id: string) {
  const dataProvider = useDataProvider<StoaDataProvider>();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const run = async <T>(action: string, body?: object, options?: ActionOptions): Promise<T | undefined> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const { data } = await dataProvider.action(resource, id, action, body, options);
      refresh();
      return data as T;
    } catch (error) {
      // Who was asked for the password and gave up knows why nothing was done.
      if (!isUnproven(error)) setRefusal(errorText(error));
      return undefined;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, refusal, forget: () => setRefusal(undefined) };
}
