// Which view the list shows, which others there are, and how to go to one.
import { createContext, useContext, useLayoutEffect, useMemo, type ReactNode } from 'react';
import { useCreatePath, useGetList, useListContext, useStore, useStoreContext, useTranslate } from 'react-admin';
import { useLocation } from 'react-router-dom';
import { useMay } from '../../api/permissions';
import type { SavedView, Ticket } from '../../types';
import {
  BUILT_IN,
  columnsOf,
  columnState,
  currentView,
  HIDDEN,
  searchOf,
  shows,
  viewOf,
  type Column,
  type ColumnState,
  type View,
} from './views';

interface Views {
  builtIn: View[];
  saved: View[];
  current: View | undefined;
  /** Filter, order or columns differ from those of the current view. */
  changed: boolean;
  /** Where the table keeps its columns: each saved view has columns of its own. */
  columnsKey: string;
  /** The shown columns, in order. */
  columns: Column[];
  columnState: ColumnState;
  /** Changes the columns; null brings back those of the view, or the usual ones. */
  setColumnState: (state: ColumnState | null) => void;
  /** The address of a view. */
  href: (view: View) => string;
  /** The name of a view. */
  nameOf: (view: View) => string;
}

const ViewsContext = createContext<Views | null>(null);

/** The views of the list around. */
export function useViews(): Views {
  const views = useContext(ViewsContext);
  if (!views) throw new Error('useViews must be called inside a ViewsProvider');
  return views;
}

/** The view that the address names; the store remembers it while the address is bare. */
export function useNamedView(): string | null {
  const { search } = useLocation();
  const [kept] = useStore<{ view?: string }>('tickets.listParams', {});
  return search.length > 1 ? new URLSearchParams(search).get('view') : (kept.view ?? null);
}

const USUAL = 'tickets.datatable';
const RANKS = '_columnRanks';

function useColumns(current: View | undefined) {
  const store = useStoreContext();
  const saved = current?.saved;
  const key = saved ? `tickets.view.${saved.id}` : USUAL;
  const stamp = saved ? `${saved.id}:${saved.version}` : '';
  const usual = columnState(saved?.columns ?? []);
  const set = (state: ColumnState | null) => {
    const { hidden, ranks } = state ?? usual;
    store.setItem(key, hidden);
    store.setItem(key + RANKS, ranks);
  };
  useLayoutEffect(() => {
    // A saved view opens with its own columns; what is tried out meanwhile counts until it is opened again.
    if (saved) set(null);
    // The stamp names the saved view and its version.
  }, [stamp]);
  const [hidden] = useStore<string[]>(key, HIDDEN);
  const [ranks] = useStore<number[] | undefined>(key + RANKS);
  return { key, state: { hidden, ranks }, set };
}

/** Knows the views of the list around it. */
export function ViewsProvider({ children }: { children: ReactNode }) {
  const t = useTranslate();
  const { filterValues, sort, perPage } = useListContext<Ticket>();
  const mayDelete = useMay('tickets', 'delete');
  const named = useNamedView();
  const createPath = useCreatePath();
  const { data } = useGetList<SavedView>(
    'saved_views',
    {
      pagination: { page: 1, perPage: 200 },
      sort: { field: 'name', order: 'ASC' },
      filter: { resource: 'tickets' },
    },
    { staleTime: 60_000 }
  );
  const builtIn = useMemo(() => BUILT_IN.filter(view => !view.trash || mayDelete), [mayDelete]);
  const saved = useMemo(() => (data ?? []).map(viewOf), [data]);
  const current = currentView([...builtIn, ...saved], named, filterValues, sort);
  const { key, state, set } = useColumns(current);
  const columns = columnsOf(state);
  const wanted = current?.saved && columnsOf(columnState(current.saved.columns));
  const changed =
    !current ||
    !shows(current, filterValues, sort) ||
    (wanted !== undefined && wanted.join() !== columns.join());
  const list = createPath({ resource: 'tickets', type: 'list' });
  const views: Views = {
    builtIn,
    saved,
    current,
    changed,
    columnsKey: key,
    columns,
    columnState: state,
    setColumnState: set,
    href: view => `${list}?${searchOf(view, perPage)}`,
    nameOf: view => (view.saved ? view.label : t(view.label)),
  };
  return <ViewsContext.Provider value={views}>{children}</ViewsContext.Provider>;
}
