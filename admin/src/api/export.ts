// Exports a whole list as a CSV file, page by page.
import type { FilterPayload, SortPayload } from 'ra-core';
import { request } from './client';
import { csvLine } from './csv';
import { type ListAnswer, listQuery, MAX_PAGE } from './lists';
import { listPath } from './paths';

/** A column of the file. */
export interface ExportColumn<R> {
  label: string;
  value: (record: R) => string;
}

/** What is exported and how it is told. */
export interface ExportOptions<R> {
  resource: string;
  sort?: SortPayload;
  filter?: FilterPayload;
  columns: ExportColumn<R>[];
  filename: string;
  /** Called after each page; `total` while it is known. */
  onProgress(done: number, total?: number): void;
  signal: AbortSignal;
}

/** Spreadsheets take a file for UTF-8 when it begins with this. */
const MARK = '\ufeff';
/** The browser may still read the file for a while after the click. */
const KEEP = 60_000;

/** The lines of the file, the head first. */
export async function* exportLines<R>(options: ExportOptions<R>): AsyncGenerator<string> {
  const { resource, sort, filter, columns, onProgress, signal } = options;
  yield MARK + csvLine(columns.map(column => column.label));
  const query = listQuery({ sort, filter });
  let after: string | undefined;
  let done = 0;
  let total: number | undefined;
  do {
    const { data: answer }: { data: ListAnswer<R> } = await request<ListAnswer<R>>(listPath(resource, filter), {
      query: { ...query, per_page: MAX_PAGE, after, total: after === undefined ? undefined : 'none' },
      signal,
    });
    yield answer.data.map(record => csvLine(columns.map(column => column.value(record)))).join('');
    done += answer.data.length;
    total ??= answer.total ?? answer.meta?.total_min;
    onProgress(done, total === undefined ? undefined : Math.max(total, done));
    after = answer.pageInfo?.nextCursor ?? undefined;
  } while (after !== undefined);
}

/** Exports the list and hands the file to the browser. */
export async function exportCsv<R>(options: ExportOptions<R>): Promise<void> {
  const parts: string[] = [];
  for await (const part of exportLines(options)) {
    options.signal.throwIfAborted();
    parts.push(part);
  }
  download(new Blob(parts, { type: 'text/csv;charset=utf-8' }), options.filename);
}

/** Hands a file to the browser. */
export function download(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), KEEP);
}
