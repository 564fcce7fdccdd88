// Which view the list shows, and how views keep order and columns.
import { describe, expect, it } from 'vitest';
import { UNSOLVED } from '../../types';
import {
  BUILT_IN,
  COLUMNS,
  columnState,
  columnsOf,
  currentView,
  DEFAULT_SORT,
  formatSort,
  HIDDEN,
  parseSort,
  searchOf,
  shows,
} from './views';

describe('the current view', () => {
  it('is the one that the address names, whatever is filtered', () => {
    expect(currentView(BUILT_IN, 'new', { q: 'x' }, DEFAULT_SORT)?.id).toBe('new');
    expect(currentView(BUILT_IN, 'trash', {}, DEFAULT_SORT)?.id).toBe('trash');
  });

  it('is found by its filter when the address names none', () => {
    expect(currentView(BUILT_IN, null, { status_in: UNSOLVED }, DEFAULT_SORT)?.id).toBe('unsolved');
    expect(currentView(BUILT_IN, null, {}, DEFAULT_SORT)?.id).toBe('all');
    expect(currentView(BUILT_IN, 'gone', { status: 'new' }, { field: 'number', order: 'ASC' })?.id).toBe('new');
    expect(currentView(BUILT_IN, null, { q: 'x' }, DEFAULT_SORT)).toBeUndefined();
  });

  it('is shown unless filter or order differ', () => {
    const [mine] = BUILT_IN;
    expect(shows(mine, mine.filter, DEFAULT_SORT)).toBe(true);
    expect(shows(mine, { ...mine.filter, q: 'x' }, DEFAULT_SORT)).toBe(false);
    expect(shows(mine, mine.filter, { field: 'number', order: 'DESC' })).toBe(false);
  });
});

it('writes orders as the API does', () => {
  expect(formatSort(parseSort('-created_at'))).toBe('-created_at');
  expect(parseSort('number')).toEqual({ field: 'number', order: 'ASC' });
  expect(parseSort(null)).toEqual(DEFAULT_SORT);
});

it('stands in the address', () => {
  const search = new URLSearchParams(searchOf(BUILT_IN[0], 50));
  expect(search.get('view')).toBe('mine');
  expect(JSON.parse(search.get('filter') ?? '')).toEqual(BUILT_IN[0].filter);
  expect(search.get('perPage')).toBe('50');
});

describe('columns', () => {
  it('come back as they were saved', () => {
    const columns = ['subject', 'number', 'tag_ids'] as const;
    expect(columnsOf(columnState(columns))).toEqual(columns);
  });

  it('are the usual ones when none are saved', () => {
    expect(columnState([])).toEqual({ hidden: HIDDEN, ranks: undefined });
    expect(columnsOf(columnState(['nonsense']))).toEqual(COLUMNS.filter(column => !HIDDEN.includes(column)));
  });
});
