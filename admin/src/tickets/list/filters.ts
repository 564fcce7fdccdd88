// The filters of the ticket list: which there are, and how they stand in the filter that the API takes.
import { PRIORITIES, STATUSES } from '../../types';

/** A filter as the API takes it: `field` or `field_operator`, all of which must hold. */
export type FilterValues = Record<string, unknown>;
/** One chosen value; null stands for "none". */
export type FilterValue = string | null;

/** How the values of a filter are chosen. */
export type FilterInput =
  | { kind: 'options'; options: readonly string[] }
  | { kind: 'people'; staff: boolean }
  | { kind: 'records'; resource: 'departments' | 'categories' | 'tags' }
  | { kind: 'dates' }
  | { kind: 'flag' };

/** One thing that tickets can be filtered by. */
export interface FilterField {
  name: string;
  /** The field of the ticket. */
  source: string;
  input: FilterInput;
  /** "None" can be chosen. */
  none?: boolean;
  /** For flags: the member of the filter, and what "yes" is in it. */
  member?: string;
}

export const KINDS = ['question', 'incident', 'problem', 'task'] as const;
export const CHANNELS = ['web', 'email', 'api', 'chat', 'phone'] as const;

/** All filters, in the order of the menu. */
export const FILTER_FIELDS: readonly FilterField[] = [
  { name: 'status', source: 'status', input: { kind: 'options', options: STATUSES } },
  { name: 'priority', source: 'priority', input: { kind: 'options', options: PRIORITIES } },
  { name: 'assignee', source: 'assignee_id', input: { kind: 'people', staff: true }, none: true },
  { name: 'requester', source: 'requester_id', input: { kind: 'people', staff: false } },
  { name: 'department', source: 'department_id', input: { kind: 'records', resource: 'departments' }, none: true },
  { name: 'category', source: 'category_id', input: { kind: 'records', resource: 'categories' }, none: true },
  { name: 'tags', source: 'tag_ids', input: { kind: 'records', resource: 'tags' } },
  { name: 'created', source: 'created_at', input: { kind: 'dates' } },
  { name: 'kind', source: 'kind', input: { kind: 'options', options: KINDS } },
  { name: 'channel', source: 'channel', input: { kind: 'options', options: CHANNELS } },
  { name: 'unanswered', source: 'first_responded_at', input: { kind: 'flag' }, member: 'first_responded_at_isnull' },
  { name: 'spam', source: 'is_spam', input: { kind: 'flag' }, member: 'is_spam' },
  { name: 'archived', source: 'archived', input: { kind: 'flag' }, member: 'archived' },
];

/** The members of a filter that belong to a field. */
export function membersOf(field: FilterField): string[] {
  switch (field.input.kind) {
    case 'flag':
      return [field.member ?? field.source];
    case 'dates':
      return ['_gte', '_gt', '_lt', '_lte'].map(operator => field.source + operator);
    default:
      return ['', '_in', '_inc_any', '_isnull'].map(operator => field.source + operator);
  }
}

function isValue(value: unknown): value is FilterValue {
  return value === null || typeof value === 'string';
}

function listOf(value: unknown): FilterValue[] {
  return Array.isArray(value) ? value.filter(isValue) : isValue(value) && value !== '' ? [value] : [];
}

/** The values that a filter holds for a field, however it writes them. */
export function readValues(filter: FilterValues, field: FilterField): FilterValue[] {
  const { source } = field;
  const named = ['', '_in', '_inc_any'].flatMap(operator =>
    source + operator in filter ? listOf(filter[source + operator]) : []
  );
  const none: FilterValue[] = filter[`${source}_isnull`] === true ? [null] : [];
  return [...new Set([...named, ...none])];
}

/** The filter without what it says of a field. */
export function withoutField(filter: FilterValues, field: FilterField): FilterValues {
  const members = membersOf(field);
  return Object.fromEntries(Object.entries(filter).filter(([member]) => !members.includes(member)));
}

/** The filter with these values for a field, and no others. */
export function writeValues(filter: FilterValues, field: FilterField, values: FilterValue[]): FilterValues {
  const rest = withoutField(filter, field);
  const { source } = field;
  if (values.length === 0) return rest;
  if (values.length === 1 && values[0] === null) return { ...rest, [`${source}_isnull`]: true };
  if (values.length === 1 && field.input.kind === 'people') return { ...rest, [source]: values[0] };
  return { ...rest, [`${source}_${source === 'tag_ids' ? 'inc_any' : 'in'}`]: values };
}

/** Days, both included, as `YYYY-MM-DD` in the reader's time zone. */
export interface DayRange {
  from?: string;
  to?: string;
}

function dayOf(time: number): string {
  const at = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

function startOf(day: string, later = 0): string | undefined {
  const [year, month, date] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + later);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

/** Today, or some days before it. */
export function dayBefore(days: number): string {
  const now = new Date();
  return dayOf(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime());
}

/** The days between which a filter wants a field. */
export function readDays(filter: FilterValues, field: FilterField): DayRange {
  const time = (operator: string) => {
    const value = filter[field.source + operator];
    const at = typeof value === 'string' ? Date.parse(value) : NaN;
    return Number.isNaN(at) ? undefined : at;
  };
  const from = time('_gte') ?? time('_gt');
  const until = time('_lt');
  const to = until === undefined ? time('_lte') : until - 1;
  return { from: from === undefined ? undefined : dayOf(from), to: to === undefined ? undefined : dayOf(to) };
}

/** The filter with these days for a field. */
export function writeDays(filter: FilterValues, field: FilterField, days: DayRange): FilterValues {
  const rest = withoutField(filter, field);
  const from = days.from ? startOf(days.from) : undefined;
  const until = days.to ? startOf(days.to, 1) : undefined;
  return {
    ...rest,
    ...(from && { [`${field.source}_gte`]: from }),
    ...(until && { [`${field.source}_lt`]: until }),
  };
}

/** What a filter wants of a flag; undefined when it does not care. */
export function readFlag(filter: FilterValues, field: FilterField): boolean | undefined {
  const value = filter[membersOf(field)[0]];
  return typeof value === 'boolean' ? value : undefined;
}

/** The filter with a flag set so, or without it. */
export function writeFlag(filter: FilterValues, field: FilterField, value: boolean | undefined): FilterValues {
  const rest = withoutField(filter, field);
  return value === undefined ? rest : { ...rest, [membersOf(field)[0]]: value };
}

/** Whether a filter says something of a field. */
export function isSet(filter: FilterValues, field: FilterField): boolean {
  switch (field.input.kind) {
    case 'flag':
      return readFlag(filter, field) !== undefined;
    case 'dates': {
      const { from, to } = readDays(filter, field);
      return Boolean(from ?? to);
    }
    default:
      return readValues(filter, field).length > 0;
  }
}

/** Members that no field of the list explains, such as those of a link made by hand. */
export function unknownMembers(filter: FilterValues): string[] {
  const known = new Set(['q', ...FILTER_FIELDS.filter(field => isSet(filter, field)).flatMap(membersOf)]);
  return Object.keys(filter).filter(member => !known.has(member));
}

/** One writing for all filters that mean the same. */
export function normalise(filter: FilterValues): FilterValues {
  let result = filter;
  for (const field of FILTER_FIELDS) {
    if (field.input.kind === 'flag' || field.input.kind === 'dates' || !isSet(result, field)) continue;
    const values = readValues(result, field);
    values.sort((one, other) => String(one).localeCompare(String(other)));
    result = writeValues(result, field, values);
  }
  return Object.fromEntries(
    Object.entries(result)
      .filter(([, value]) => value !== undefined && value !== '')
      .sort(([one], [other]) => one.localeCompare(other))
  );
}

/** Whether two filters mean the same. */
export function sameFilter(one: FilterValues, other: FilterValues): boolean {
  return JSON.stringify(normalise(one)) === JSON.stringify(normalise(other));
}
