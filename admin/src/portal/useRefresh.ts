// Reads a request and its conversation again after something was done with it.
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';

const TOUCHED = ['tickets', 'ticket_messages', 'ticket_events'];

/** Marks as old what the cache holds of a request, and all lists of requests. */
export function useRefresh(ticket: string): () => void {
  const client = useQueryClient();
  return useCallback(() => {
    void client.invalidateQueries({
      predicate: ({ queryKey: [resource, method, params] }) =>
        TOUCHED.includes(String(resource)) &&
        (method !== 'getOne' || (params as { id?: unknown } | undefined)?.id === ticket),
    });
  }, [client, ticket]);
}
