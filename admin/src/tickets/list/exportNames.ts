// Looks up who and what the tickets of an export name, before it is written.
import type { FilterPayload, SortPayload } from 'react-admin';
import type { StoaDataProvider } from '../../dataProvider';
import type { StoaRecord, Ticket } from '../../types';

type Named = StoaRecord & { name: string };
/** Names by id. */
export type Names = Map<string, string>;

/** Names of all that a list of tickets speaks of. */
export interface TicketNames {
  people: Names;
  departments: Names;
  categories: Names;
  tags: Names;
}

const PAGE = 1000;
const IDS = 200;

interface Options {
  sort: SortPayload;
  filter: FilterPayload;
  /** Called with the number of tickets that were looked at. */
  onProgress: (done: number) => void;
  signal: AbortSignal;
}

function named(records: Named[]): [string, string][] {
  return records.map(record => [record.id, record.name]);
}

async function all(dataProvider: StoaDataProvider, resource: string, signal: AbortSignal): Promise<Names> {
  const names: Names = new Map();
  for (let page = 1, more = true; more; page += 1) {
    const { data, pageInfo } = await dataProvider.getList<Named>(resource, {
      pagination: { page, perPage: PAGE },
      sort: { field: 'name', order: 'ASC' },
      filter: {},
      signal,
    });
    named(data).forEach(([id, name]) => names.set(id, name));
    more = Boolean(pageInfo?.hasNextPage);
  }
  return names;
}

async function people(dataProvider: StoaDataProvider, options: Options): Promise<Names> {
  const { sort, filter, onProgress, signal } = options;
  const ids = new Set<string>();
  let done = 0;
  for (let page = 1, more = true; more; page += 1) {
    const { data, pageInfo } = await dataProvider.getList<Ticket>('tickets', {
      pagination: { page, perPage: PAGE },
      sort,
      filter,
      meta: { fields: ['requester_id', 'assignee_id'], total: 'none' },
      signal,
    });
    for (const { requester_id, assignee_id } of data) {
      if (requester_id) ids.add(requester_id);
      if (assignee_id) ids.add(assignee_id);
    }
    done += data.length;
    onProgress(done);
    more = Boolean(pageInfo?.hasNextPage);
  }
  const names: Names = new Map();
  const wanted = [...ids];
  for (let from = 0; from < wanted.length; from += IDS) {
    const { data } = await dataProvider.getMany<Named>('users', { ids: wanted.slice(from, from + IDS), signal });
    named(data).forEach(([id, name]) => names.set(id, name));
  }
  return names;
}

/** The names that an export of tickets needs. */
export async function loadNames(dataProvider: StoaDataProvider, options: Options): Promise<TicketNames> {
  const [departments, categories, tags, persons] = await Promise.all([
    all(dataProvider, 'departments', options.signal),
    all(dataProvider, 'categories', options.signal),
    all(dataProvider, 'tags', options.signal),
    people(dataProvider, options),
  ]);
  return { people: persons, departments, categories, tags };
}
