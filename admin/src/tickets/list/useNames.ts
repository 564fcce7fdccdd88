// Names of the records that a filter speaks of.
import { useGetMany, useTranslate } from 'react-admin';
import type { StoaRecord } from '../../types';
import type { FilterField, FilterValue } from './filters';

type Named = StoaRecord & { name: string };

/** The resource whose records a filter names; none for filters by words of the API. */
export function resourceOf(field: FilterField): string | undefined {
  if (field.input.kind === 'people') return 'users';
  return field.input.kind === 'records' ? field.input.resource : undefined;
}

/** The names of ids; an ellipsis while they are on their way. */
export function useRecordNames(resource: string | undefined, ids: string[]): Map<string, string> {
  const { data } = useGetMany<Named>(resource ?? 'users', { ids }, { enabled: Boolean(resource) && ids.length > 0 });
  const names = new Map((data ?? []).flatMap(record => (record ? [[record.id, record.name] as const] : [])));
  return new Map(ids.map(id => [id, names.get(id) ?? '…']));
}

/** The chosen values of a filter, in words. */
export function useValueNames(field: FilterField, values: FilterValue[]): string[] {
  const t = useTranslate();
  const resource = resourceOf(field);
  const ids = values.filter((value): value is string => value !== null && value !== 'me');
  const names = useRecordNames(resource, resource ? ids : []);
  return values.map(value => {
    if (value === null) return t(`stoa.tickets.filter.${field.input.kind === 'people' ? 'nobody' : 'none'}`);
    if (resource) return value === 'me' ? t('stoa.tickets.filter.me') : (names.get(value) ?? '…');
    return t(`stoa.common.${field.name}.${value}`, { _: value });
  });
}
