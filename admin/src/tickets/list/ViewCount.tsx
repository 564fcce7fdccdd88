// How many tickets a view holds, counted now and then rather than with every change.
import { Box } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useDataProvider, useListContext } from 'react-admin';
import type { StoaDataProvider } from '../../dataProvider';
import type { Ticket } from '../../types';
import type { View } from './views';
import { useViews } from './ViewsContext';

const KEY = 'ticketCounts';
/** Milliseconds for which a count is good enough. */
const FRESH = 20_000;
const AGAIN = 90_000;

/** The count of a view; `500+` when counting on would cost too much. */
export function ViewCount({ view }: { view: View }) {
  const dataProvider = useDataProvider<StoaDataProvider>();
  const { current, changed } = useViews();
  const { total, isPlaceholderData } = useListContext<Ticket>();
  const { data } = useQuery({
    queryKey: [KEY, view.id, view.filter],
    queryFn: async ({ signal }) => {
      const { total, meta } = await dataProvider.getList<Ticket>('tickets', {
        pagination: { page: 1, perPage: 1 },
        sort: view.sort,
        filter: view.filter,
        meta: { fields: ['id'], ...(view.trash && { trash: true }) },
        signal,
      });
      return total === undefined ? `${(meta?.total_min ?? 0).toLocaleString()}+` : total.toLocaleString();
    },
    staleTime: FRESH,
    refetchInterval: AGAIN,
    retry: false,
  });
  // The list itself knows best.
  const shown = current?.id === view.id && !changed && !isPlaceholderData ? total?.toLocaleString() : undefined;
  return (
    <Box component="span" sx={{ fontVariantNumeric: 'tabular-nums', color: 'text.secondary', fontSize: '0.85em' }}>
      {shown ?? data ?? ''}
    </Box>
  );
}

/** Counts again when the list has changed, at most once in a while. */
export function useFreshCounts(): void {
  const client = useQueryClient();
  const { data } = useListContext<Ticket>();
  const counted = useRef(Date.now());
  const seen = useRef(data);
  useEffect(() => {
    // What is there at the beginning is counted already.
    if (!seen.current || seen.current === data) {
      seen.current = data;
      return;
    }
    const wait = Math.max(1_000, counted.current + FRESH - Date.now());
    const timer = setTimeout(() => {
      counted.current = Date.now();
      void client.invalidateQueries({ queryKey: [KEY] });
    }, wait);
    return () => clearTimeout(timer);
  }, [client, data]);
}
