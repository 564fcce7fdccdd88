// Moves the ticket to the trash, and takes it back.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useCreatePath, useDataProvider, useNotify } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { StoaDataProvider } from '../../../dataProvider';
import { useTicketPage } from '../context';

/** What is done with the trash. */
export function useRemoval() {
  const notify = useNotify();
  const navigate = useNavigate();
  const createPath = useCreatePath();
  const queryClient = useQueryClient();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { ticket, refuse } = useTicketPage();
  const [busy, setBusy] = useState(false);
  const { id, reference } = ticket;

  const run = useCallback(
    async (change: () => Promise<unknown>, after: () => void) => {
      setBusy(true);
      try {
        await change();
        after();
      } catch (error) {
        refuse(error);
      } finally {
        setBusy(false);
        void queryClient.invalidateQueries({ queryKey: ['tickets'] });
      }
    },
    [queryClient, refuse]
  );

  const remove = useCallback(
    () =>
      // Without a version: what others changed meanwhile goes to the trash as well, and comes back with it.
      run(
        () => dataProvider.delete('tickets', { id }),
        () => {
          notify('stoa.ticket.header.deleted', { messageArgs: { name: reference } });
          navigate(createPath({ resource: 'tickets', type: 'list' }));
        }
      ),
    [createPath, dataProvider, id, navigate, notify, reference, run]
  );

  const restore = useCallback(
    () =>
      run(
        () => dataProvider.action('tickets', id, 'restore'),
        () => notify('stoa.ticket.header.restored', { messageArgs: { name: reference } })
      ),
    [dataProvider, id, notify, reference, run]
  );
  return { remove, restore, busy };
}
