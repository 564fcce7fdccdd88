// Changes the ticket of the page: what is saved is shown at once, and taken back if the server refuses it.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import { useDataProvider, useUpdate } from 'react-admin';
import type { StoaDataProvider } from '../../dataProvider';
import type { Ticket } from '../../types';
import { useRefuse } from './useRefusal';

/** How the page changes its ticket. */
export function useChanges(ticket: Ticket | undefined) {
  const [shown, setShown] = useState<Partial<Ticket>>({});
  const [update] = useUpdate<Ticket>();
  const dataProvider = useDataProvider<StoaDataProvider>();
  const queryClient = useQueryClient();
  const refuse = useRefuse();
  // One change after the other: the second is made from what the first left behind.
  const queue = useRef<Promise<unknown>>(Promise.resolve());
  const id = ticket?.id;

  const refresh = useCallback(() => {
    if (!id) return;
    void queryClient.invalidateQueries({ queryKey: ['tickets', 'getOne', { id, meta: undefined }] });
    // Lists are read again when they are next looked at; messages and history follow the ticket's version.
    void queryClient.invalidateQueries({ queryKey: ['tickets', 'getList'], refetchType: 'none' });
    void queryClient.invalidateQueries({ queryKey: ['tickets', 'getMany'], refetchType: 'none' });
  }, [id, queryClient]);

  const run = useCallback(
    (look: Partial<Ticket>, change: () => Promise<unknown>): Promise<boolean> => {
      setShown(before => ({ ...before, ...look }));
      const done = queue.current.then(async () => {
        try {
          await change();
          return true;
        } catch (error) {
          refuse(error);
          return false;
        } finally {
          setShown(before => without(before, look));
          refresh();
        }
      });
      queue.current = done;
      return done;
    },
    [refresh, refuse]
  );

  const current = useCallback(
    () => queryClient.getQueryData<Ticket>(['tickets', 'getOne', { id, meta: undefined }]) ?? ticket,
    [id, queryClient, ticket]
  );

  const save = useCallback(
    (data: Partial<Ticket>, base?: Ticket) =>
      run(data, async () => {
        await update('tickets', { id, data, previousData: base ?? current() }, { returnPromise: true });
      }),
    [current, id, run, update]
  );

  const act = useCallback(
    (action: string, body?: object, look: Partial<Ticket> = {}) =>
      run(look, async () => {
        if (!id) return;
        const { data } = await dataProvider.action<Ticket>('tickets', id, action, body);
        // Some actions answer with other things than a ticket.
        if (data?.id === id) queryClient.setQueryData(['tickets', 'getOne', { id, meta: undefined }], data);
      }),
    [dataProvider, id, queryClient, run]
  );

  return { shown, save, act, change: run, refresh, refuse };
}

/** What is shown ahead, without what has been settled; a newer value of the same field stays. */
function without(before: Partial<Ticket>, settled: Partial<Ticket>): Partial<Ticket> {
  const entries = Object.entries(before).filter(([name, value]) => settled[name as keyof Ticket] !== value);
  return Object.fromEntries(entries) as Partial<Ticket>;
}
