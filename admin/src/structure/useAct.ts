// Does one action with a record, says what went wrong, and brings the page up to date.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import { useErrorText } from '../components';
import type { ActionOptions, StoaDataProvider } from '../dataProvider';
import type { StoaRecord } from '../types';
import { isUnproven } from './useSaveError';

/**
 * `run` does an action and gives its answer, or undefined when it was refused: then `refusal` says why. `kept` tells which
 * part of the answer is the record as it is now: a secret that stands in the answer only must not stay in the page's
 * memory.
 */
export function useAct<Answer extends object>(resource: string, id: string, kept?: (answer: Answer) => StoaRecord) {
  const dataProvider = useDataProvider<StoaDataProvider>();
  const client = useQueryClient();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const run = async (action: string, body?: object, options?: ActionOptions): Promise<Answer | undefined> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const answer = (await dataProvider.action(resource, id, action, body, options)).data as Answer;
      if (kept) client.setQueryData([resource, 'getOne', { id, meta: undefined }], kept(answer));
      refresh();
      return answer;
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
