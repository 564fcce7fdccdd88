// Reads lists by page or cursor, as React Admin asks for them.
import type { GetListParams, GetListResult, RaRecord } from 'ra-core';
import { request } from './client';
import { onActingChange } from './company';
import { Cursors } from './cursors';
import { onSessionChange } from './session';

/** A list as Stoa answers it. */
export interface ListAnswer<R> {
  data: R[];
  /** Absent when counting would cost too much; `meta.total_min` then says how many there are at least. */
  total?: number;
  pageInfo?: { hasNextPage: boolean; hasPreviousPage: boolean; nextCursor: string | null };
  meta?: { total_exact: boolean; total_min?: number };
}

/** Most records of a page. */
export const MAX_PAGE = 1000;

const cursors = new Cursors();
onSessionChange(() => cursors.clear());
onActingChange(() => cursors.clear());

/** The parameters of a list that do not depend on the page. */
export function listQuery(params: GetListParams): Record<string, string | undefined> {
  const { sort, filter, meta } = params;
  return {
    sort: sort?.field ? (sort.order === 'DESC' ? `-${sort.field}` : sort.field) : undefined,
    filter: filterText(filter),
    fields: asText(meta?.fields ?? meta?.columns),
    total: meta?.total,
    trash: meta?.trash ? 'true' : undefined,
  };
}

function asText(fields: unknown): string | undefined {
  return Array.isArray(fields) ? fields.join(',') : typeof fields === 'string' ? fields : undefined;
}

function filterText(filter: unknown): string | undefined {
  const entries = Object.entries((filter ?? {}) as Record<string, unknown>).filter(
    ([name, value]) => value !== undefined && !(name === 'q' && String(value ?? '').trim() === ''),
  );
  return entries.length > 0 ? JSON.stringify(Object.fromEntries(entries)) : undefined;
}

/** Reads a page of the list at `path`. */
export async function readList<R extends RaRecord>(path: string, params: GetListParams): Promise<GetListResult<R>> {
  const { page, perPage } = params.pagination ?? { page: 1, perPage: MAX_PAGE };
  const query = listQuery(params);
  const list = JSON.stringify([path, query, perPage]);
  const after = page > 1 ? cursors.startOf(list, page) : undefined;
  const place = after === undefined ? { page } : { after };
  const options = { query: { ...query, ...place, per_page: perPage }, signal: params.signal };
  const { data: answer } = await request<ListAnswer<R>>(path, options);
  cursors.note(list, page, answer.pageInfo?.nextCursor);
  return {
    data: answer.data,
    total: answer.meta?.total_exact === false ? undefined : answer.total,
    pageInfo: { hasNextPage: answer.pageInfo?.hasNextPage ?? false, hasPreviousPage: page > 1 },
    meta: answer.meta,
  };
}
