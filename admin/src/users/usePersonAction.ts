// Runs an action on a person and brings the page up to date.
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useDataProvider, useNotify, useRefresh } from 'react-admin';
import { useErrorText } from '../components';
import type { StoaDataProvider } from '../dataProvider';
import { isUnproven } from '../structure/useSaveError';
import type { User } from '../types';

/** `run` does an action and tells whether it was done; what went wrong is in `refusal`. */
export function usePersonAction(person: User) {
  const dataProvider = useDataProvider<StoaDataProvider>();
  const client = useQueryClient();
  const notify = useNotify();
  const refresh = useRefresh();
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<string>();

  const run = async (action: string, message: string, body?: object): Promise<boolean> => {
    setBusy(true);
    setRefusal(undefined);
    try {
      const { data } = await dataProvider.action<User>('users', person.id, action, body);
      // Also while the form beside has changes, which keeps the page from asking again.
      client.setQueryData(['users', 'getOne', { id: person.id, meta: undefined }], data);
      notify(message, { type: 'success' });
      refresh();
      return true;
    } catch (error) {
      // Who was asked for the password and gave up knows why nothing was done.
      if (!isUnproven(error)) setRefusal(errorText(error));
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { run, busy, refusal, forget: () => setRefusal(undefined) };
}
