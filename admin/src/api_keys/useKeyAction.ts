// Rotates or revokes a key and brings the page up to date.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useRefresh } from 'react-admin';
import { useErrorText } from '../components';
import type { StoaDataProvider } from '../dataProvider';
import { isUnproven } from '../structure/useSaveError';
import type { ApiKey } from '../types';

/** `run` does an action and gives its answer; what went wrong is in `refusal`. */
export function useKeyAction(apiKey: ApiKey) {
  const dataProvider = useDataProvider<StoaDataProvider>();
  const client = useQueryClient();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const run = async <T extends ApiKey>(action: 'rotate' | 'revoke'): Promise<T | undefined> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const { data } = await dataProvider.action<T>('api_keys', apiKey.id, action);
      // Without the secret, which stands in the answer only.
      const { key: _, ...record } = data as T & { key?: string };
      client.setQueryData(['api_keys', 'getOne', { id: apiKey.id, meta: undefined }], record);
      refresh();
      return data;
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
