// Changes the filter of the list, starting from the one in the address: a slow page may still show an older one.
import { useEvent, useListContext } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import type { Ticket } from '../../types';
import type { FilterValues } from './filters';

/** From one filter to another. */
export type FilterChange = (filter: FilterValues) => FilterValues;

function parse(text: string | null): FilterValues | undefined {
  try {
    const filter: unknown = JSON.parse(text ?? 'null');
    return filter && typeof filter === 'object' ? (filter as FilterValues) : undefined;
  } catch {
    return undefined;
  }
}

/** A function that changes the filter; `replace` spares the history, for text that is being typed. */
export function useSetFilter(): (change: FilterChange, replace?: boolean) => void {
  const navigate = useNavigate();
  const { filterValues, sort, perPage } = useListContext<Ticket>();
  return useEvent((change: FilterChange, replace = false) => {
    const bare = window.location.search.length <= 1;
    const search = new URLSearchParams(
      bare ? { sort: sort.field, order: sort.order, perPage: String(perPage) } : window.location.search
    );
    const filter = bare ? filterValues : (parse(search.get('filter')) ?? {});
    search.set('filter', JSON.stringify(change(filter)));
    search.set('page', '1');
    navigate({ search: `?${search}` }, { replace });
  });
}
