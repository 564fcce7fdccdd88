// React Admin's data provider over Stoa's API.
import type { DataProvider, GetListParams, Identifier, RaRecord } from 'ra-core';
import { request } from './api/client';
import { save } from './api/conflicts';
import { diff } from './api/equal';
import { once } from './api/idempotency';
import { type ListAnswer, readList } from './api/lists';
import { currentMe, reloadMe } from './api/me';
import { type BulkAnswer, settleBulk } from './api/partial';
import { isUnderTicket, listPath, recordPath } from './api/paths';
import type { StoaRecord } from './types';

/** How an action is sent. */
export interface ActionOptions {
  /** Version that it was decided on: `If-Match`. */
  version?: number;
  /** POST when absent. */
  method?: string;
}

/** React Admin's data provider, with Stoa's actions. */
export type StoaDataProvider = DataProvider & {
  /** Does `action` with a record: `POST /api/{resource}/{id}/{action}`. */
  action<T extends StoaRecord = any>(
    resource: string,
    id: string,
    action: string,
    body?: object,
    options?: ActionOptions,
  ): Promise<{ data: T }>;
};

const MAX_IDS = 200;
const MAX_BULK = 500;
/** An action that is repeated later than this is meant anew. */
const ACTION_LIFETIME = 2 * 60_000;

function chunks<T>(all: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

async function inChunks(ids: Identifier[], call: (ids: string[]) => Promise<BulkAnswer>): Promise<BulkAnswer> {
  const whole: Required<BulkAnswer> = { data: [], errors: [] };
  for (const part of chunks(ids.map(String), MAX_BULK)) {
    const answer = await call(part);
    whole.data.push(...answer.data);
    whole.errors.push(...(answer.errors ?? []));
  }
  return whole;
}

/** The data provider. */
export const dataProvider: StoaDataProvider = {
  supportAbortSignal: true,

  async getList<R extends RaRecord>(resource: string, params: GetListParams) {
    const path = listPath(resource, params.filter, params.meta);
    if (!isUnderTicket(resource)) return readList<R>(path, params);
    const { ticket_id: _, ...filter } = params.filter ?? {};
    return readList<R>(path, { ...params, filter });
  },

  async getOne(resource, { id, meta, signal }) {
    return { data: (await request<never>(recordPath(resource, id, meta), { signal })).data };
  },

  async getMany<R extends RaRecord>(resource: string, params: Parameters<DataProvider['getMany']>[1]) {
    const path = listPath(resource, params.meta);
    const ids = [...new Set(params.ids.map(String))];
    const answers = await Promise.all(
      chunks(ids, MAX_IDS).map(part =>
        request<ListAnswer<R>>(path, {
          query: { ids: part.join(','), page: 1, per_page: part.length },
          signal: params.signal,
        }),
      ),
    );
    return { data: answers.flatMap(answer => answer.data.data) };
  },

  async getManyReference<R extends RaRecord>(
    resource: string,
    params: Parameters<DataProvider['getManyReference']>[1],
  ) {
    const { target, id, filter, ...rest } = params;
    if (isUnderTicket(resource) && target === 'ticket_id') {
      return readList<R>(listPath(resource, { ticket_id: String(id) }), { ...rest, filter });
    }
    return readList<R>(listPath(resource, params.meta), { ...rest, filter: { ...filter, [target]: id } });
  },

  async create(resource, { data, meta }) {
    const path = listPath(resource, data, meta);
    const { ticket_id: _, ...own } = data;
    const body = isUnderTicket(resource) ? own : data;
    const answer = await once(path, body, key =>
      request<never>(path, { method: 'POST', body, idempotencyKey: key }),
    );
    return { data: answer.data };
  },

  async update(resource, { id, data, previousData, meta }) {
    const path = recordPath(resource, id, previousData, data, meta);
    type Versioned = RaRecord & { version: number };
    const read = async () => (await request<Versioned>(path)).data;
    const previous = (previousData?.version === undefined ? await read() : previousData) as Versioned;
    const changed = diff(data, previous);
    if (Object.keys(changed).length === 0) return { data: previous as never };
    const saved = await save<Versioned>({
      resource,
      id: String(id),
      changed,
      previous,
      read,
      write: async (fields, version) => {
        // Stoa merges tickets field by field when it knows from which version a change was made.
        const how = resource === 'tickets' ? { body: { ...fields, version } } : { body: fields, version };
        return (await request<Versioned>(path, { method: 'PATCH', ...how })).data;
      },
    });
    const me = currentMe();
    if (resource === 'users' ? me?.id === id : resource === 'companies' && me?.company?.id === id) {
      reloadMe().catch(() => undefined);
    }
    return { data: saved as never };
  },

  async updateMany(resource, { ids, data, meta }) {
    const bulk = meta?.bulk as object | undefined;
    const answer = await inChunks(ids, async part => {
      const path = bulk ? `${listPath(resource)}/bulk` : listPath(resource);
      const body = bulk ? { ids: part, ...bulk } : { ids: part, data };
      const method = bulk ? 'POST' : 'PATCH';
      return once(
        path,
        body,
        async key => (await request<BulkAnswer>(path, { method, body, idempotencyKey: key })).data,
        ACTION_LIFETIME,
      );
    });
    return { data: settleBulk(resource, answer) };
  },

  async delete(resource, { id, previousData, meta }) {
    const path = recordPath(resource, id, previousData, meta);
    return { data: (await request<never>(path, { method: 'DELETE', version: previousData?.version })).data };
  },

  async deleteMany(resource, { ids }) {
    const path = listPath(resource);
    const answer = await inChunks(ids, part =>
      once(
        `DELETE ${path}`,
        part,
        async key =>
          (await request<BulkAnswer>(path, { method: 'DELETE', body: { ids: part }, idempotencyKey: key })).data,
        ACTION_LIFETIME,
      ),
    );
    return { data: settleBulk(resource, answer) };
  },

  async action(resource, id, action, body, options = {}) {
    const path = `${recordPath(resource, id)}/${action}`;
    const { method = 'POST', version } = options;
    // The other methods do the same however often they are sent.
    if (method !== 'POST') return { data: (await request<never>(path, { method, body, version })).data };
    const send = (key: string) => request<never>(path, { method, body: body ?? {}, version, idempotencyKey: key });
    return { data: (await once(path, body, send, ACTION_LIFETIME)).data };
  },
};
