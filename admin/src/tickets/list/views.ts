// Views of the ticket list: those that everyone has, and how a view stands in an address and in the store.
import type { SortPayload } from 'react-admin';
import { UNSOLVED, type SavedView } from '../../types';
import { sameFilter, type FilterValues } from './filters';

/** A filter with an order, under a name. */
export interface View {
  id: string;
  /** Key of its name for a view that everyone has; the name itself for a saved one. */
  label: string;
  filter: FilterValues;
  sort: SortPayload;
  /** It lists the trash. */
  trash?: boolean;
  /** The record of a saved view. */
  saved?: SavedView;
}

/** The order of the list unless another is chosen. */
export const DEFAULT_SORT: SortPayload = { field: 'updated_at', order: 'DESC' };
/** What the list shows to whoever comes for the first time. */
export const DEFAULT_FILTER: FilterValues = { status_in: UNSOLVED };
/** Fields that the API sorts tickets by. */
export const SORTABLE = ['updated_at', 'created_at', 'last_message_at', 'number'] as const;

function builtIn(id: string, filter: FilterValues, more: Partial<View> = {}): View {
  return { id, label: `stoa.tickets.view.${id}`, filter, sort: DEFAULT_SORT, ...more };
}

/** The views that everyone has; the trash only who may delete. */
export const BUILT_IN: readonly View[] = [
  builtIn('mine', { assignee_id: 'me', status_in: UNSOLVED }),
  builtIn('unassigned', { assignee_id_isnull: true, status_in: UNSOLVED }),
  builtIn('unsolved', DEFAULT_FILTER),
  builtIn('new', { status_in: ['new'] }),
  builtIn('pending', { status_in: ['pending'] }),
  builtIn('solved', { status_in: ['solved'] }),
  builtIn('all', {}),
  builtIn('archived', { archived: true }),
  builtIn('trash', {}, { trash: true }),
];

/** `-updated_at` as the list wants it. */
export function parseSort(text: string | null | undefined): SortPayload {
  if (!text) return DEFAULT_SORT;
  return text.startsWith('-') ? { field: text.slice(1), order: 'DESC' } : { field: text, order: 'ASC' };
}

/** An order as the API writes it. */
export function formatSort(sort: SortPayload): string {
  return (sort.order === 'DESC' ? '-' : '') + sort.field;
}

/** A saved view as a view of the list. */
export function viewOf(saved: SavedView): View {
  return { id: saved.id, label: saved.name, filter: saved.filter, sort: parseSort(saved.sort), saved };
}

function sameSort(one: SortPayload, other: SortPayload): boolean {
  return one.field === other.field && one.order === other.order;
}

/** Whether the list shows just what a view says. */
export function shows(view: View, filter: FilterValues, sort: SortPayload): boolean {
  return sameFilter(view.filter, filter) && sameSort(view.sort, sort);
}

/** The view that the list shows: the one that the address names, else one with the same filter. */
export function currentView(
  views: readonly View[],
  named: string | null | undefined,
  filter: FilterValues,
  sort: SortPayload
): View | undefined {
  const candidates = views.filter(view => !view.trash);
  return (
    views.find(view => view.id === named) ??
    candidates.find(view => shows(view, filter, sort)) ??
    candidates.find(view => sameFilter(view.filter, filter))
  );
}

/** The part of the address after `?` under which the list shows a view. */
export function searchOf(view: Pick<View, 'id' | 'filter' | 'sort'>, perPage: number): string {
  return new URLSearchParams({
    view: view.id,
    filter: JSON.stringify(view.filter),
    sort: view.sort.field,
    order: view.sort.order,
    page: '1',
    perPage: String(perPage),
  }).toString();
}

/** Columns of the table, in their usual order; a column is named by its field. */
export const COLUMNS = [
  'number',
  'subject',
  'status',
  'priority',
  'requester_id',
  'assignee_id',
  'department_id',
  'category_id',
  'tag_ids',
  'updated_at',
  'created_at',
  'last_message_at',
] as const;
export type Column = (typeof COLUMNS)[number];

/** Columns that are not shown until somebody wants them. */
export const HIDDEN: Column[] = ['department_id', 'category_id', 'tag_ids', 'created_at', 'last_message_at'];

/** What the table's store holds of the columns: what is hidden, and the place of each. */
export interface ColumnState {
  hidden: string[];
  ranks: number[] | undefined;
}

/** All columns in the order of the table. */
export function orderOf({ ranks = [] }: ColumnState): Column[] {
  const order = COLUMNS.map((_, place) => (place < ranks.length ? ranks[place] : place));
  return order.map(index => COLUMNS[index]).filter(column => column !== undefined);
}

/** The shown columns, in order. */
export function columnsOf(state: ColumnState): Column[] {
  return orderOf(state).filter(column => !state.hidden.includes(column));
}

/** The state of a table with its columns in this order. */
export function stateOf(order: readonly Column[], hidden: string[]): ColumnState {
  return { hidden, ranks: order.map(column => COLUMNS.indexOf(column)) };
}

/** The state of the table in which it shows these columns; the usual one for none. */
export function columnState(columns: readonly string[]): ColumnState {
  const shown = columns.flatMap(name => {
    const index = COLUMNS.indexOf(name as Column);
    return index < 0 ? [] : [index];
  });
  if (shown.length === 0) return { hidden: HIDDEN, ranks: undefined };
  const rest = COLUMNS.map((_, index) => index).filter(index => !shown.includes(index));
  return { hidden: rest.map(index => COLUMNS[index]), ranks: [...shown, ...rest] };
}
