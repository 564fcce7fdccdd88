// The tickets before and after this one in the list from which it was opened, as far as that is still known.
import { useQueryClient, type InfiniteData } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Ticket } from '../../../types';

/** Marks the lists that pages of single tickets ask for: nobody came from there. */
export const BESIDE = { beside: true };

interface Page {
  data?: Ticket[];
}

/** The list that was last used: the cache forgets it while somebody works on one ticket for long. */
let remembered: string[] = [];

/** Ids of the neighbours. Nothing is asked of the server: only lists that were just read count. */
export function useNeighbours(id: string): { previous?: string; next?: string } {
  const queryClient = useQueryClient();
  return useMemo(() => {
    const cache = queryClient.getQueryCache();
    const queries = [
      ...cache.findAll({ queryKey: ['tickets', 'getList'] }),
      ...cache.findAll({ queryKey: ['tickets', 'getInfiniteList'] }),
    ]
      .filter(query => !isOwn(query.queryKey))
      .sort((one, other) => other.state.dataUpdatedAt - one.state.dataUpdatedAt);
    for (const query of queries) {
      const ids = idsOf(query.state.data as Page | InfiniteData<Page> | undefined);
      if (!ids.includes(id)) continue;
      remembered = ids;
      break;
    }
    const at = remembered.indexOf(id);
    return at < 0 ? {} : { previous: remembered[at - 1], next: remembered[at + 1] };
  }, [queryClient, id]);
}

function idsOf(data: Page | InfiniteData<Page> | undefined): string[] {
  const pages = data && 'pages' in data ? data.pages : [data];
  return pages.flatMap(page => (page?.data ?? []).map(ticket => ticket.id));
}

/** Whether a list was asked for by a page of one ticket. */
function isOwn(key: readonly unknown[]): boolean {
  const { meta } = (key[2] ?? {}) as { meta?: Partial<typeof BESIDE> };
  return meta?.beside === true;
}
