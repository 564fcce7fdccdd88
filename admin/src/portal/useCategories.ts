// The categories that a client may choose, with their place under others.
import { useMemo } from 'react';
import { useGetList } from 'react-admin';
import type { Category } from '../types';

/** A category to choose, named with those above it. */
export interface Choice {
  id: string;
  name: string;
  description: string | null;
}

const MOST = 200;

/** Names each category with its parents and sorts them; those that are not seen are left out of the name. */
export function toChoices(categories: Pick<Category, 'id' | 'name' | 'parent_id' | 'description'>[]): Choice[] {
  const byId = new Map(categories.map(category => [category.id, category]));
  const path = (id: string | null, seen: string[] = []): string[] => {
    const category = id === null || seen.includes(id) ? undefined : byId.get(id);
    return category ? [...path(category.parent_id, [...seen, category.id]), category.name] : [];
  };
  return categories
    .map(({ id, description }) => ({ id, description, name: path(id).join(' › ') }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** The choices; undefined while they load. */
export function useCategories(): Choice[] | undefined {
  const { data } = useGetList<Category>('categories', {
    pagination: { page: 1, perPage: MOST },
    sort: { field: 'created_at', order: 'ASC' },
  });
  return useMemo(() => data && toChoices(data), [data]);
}
