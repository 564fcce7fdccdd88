// Loads the ticket of a page and keeps it fresh while somebody looks at it.
import { useQuery } from '@tanstack/react-query';
import { useGetOne } from 'react-admin';
import { ApiError, request } from '../../api/client';
import { useMay } from '../../api/permissions';
import type { Ticket } from '../../types';

/** What others do without telling the reader is seen after this long. */
const REFRESH_MS = 15_000;

/** A ticket by id or number, also from the trash for those who may look there. */
export function useTicket(id: string) {
  const { data, error, isPending, refetch } = useGetOne<Ticket>(
    'tickets',
    { id },
    { refetchInterval: query => (query.state.error ? false : REFRESH_MS), refetchOnWindowFocus: true }
  );
  const absent = error instanceof ApiError && error.status === 404;
  const seesTrash = useMay('tickets', 'delete');
  const looksThere = absent && seesTrash && /^[0-9a-f]{24}$/.test(id);
  const trash = useQuery({
    queryKey: ['tickets', 'trash', id],
    queryFn: async () => {
      const { data: found } = await request<{ data: Ticket[] }>('/api/tickets', { query: { trash: 'true', ids: id } });
      return found.data[0] ?? null;
    },
    enabled: looksThere,
    retry: false,
  });
  const ticket = absent ? (trash.data ?? undefined) : data;
  return {
    ticket,
    error: ticket ? null : error,
    absent: absent && !(looksThere && trash.isPending),
    isPending: isPending || (looksThere && trash.isPending),
    refetch,
  };
}
