// Saves a change even when others changed the record meanwhile; asks the person where both changed the same field.
import { ApiError } from './http';
import { diff as differing, isEqual } from './equal';

/** A field that the person and somebody else changed differently. */
export interface FieldConflict {
  field: string;
  yours: unknown;
  theirs: unknown;
  changedBy?: string | null;
  changedAt?: string | null;
}

/** A record of which the person and somebody else changed the same fields. */
export interface Conflict {
  resource: string;
  id: string;
  fields: FieldConflict[];
}

/** Fields for which the person keeps their own value; null when nothing is to be saved. */
export type Resolution = { keep: string[] } | null;

type Resolver = (conflict: Conflict) => Promise<Resolution>;
type Fields = Record<string, unknown>;

/** A change of one record and how it reaches Stoa. */
export interface Change<R> {
  resource: string;
  id: string;
  /** The fields that the person changed. */
  changed: Fields;
  /** The record from which the person made the change. */
  previous: R;
  /** Reads the record as it is now. */
  read(): Promise<R>;
  /** Sends fields that were changed from a version. */
  write(changed: Fields, version: number): Promise<R>;
}

/** Attempts for one change, whoever else writes meanwhile. */
const MAX_ATTEMPTS = 6;

let resolver: Resolver | null = null;

/** Sets who decides true conflicts: the dialog of the application. */
export function setConflictResolver(next: Resolver | null): void {
  resolver = next;
}

/** The fields of `changed` that were changed otherwise since `previous`. */
export function conflictsOf(changed: Fields, previous: Fields, current: Fields, error?: unknown): FieldConflict[] {
  const told = new Map(toldBy(error).map(conflict => [conflict.field, conflict]));
  return Object.keys(changed)
    .filter(field => !isEqual(current[field], previous[field]) && !isEqual(current[field], changed[field]))
    .map(field => ({
      field,
      yours: changed[field],
      theirs: current[field] ?? null,
      changedBy: told.get(field)?.changed_by ?? null,
      changedAt: told.get(field)?.changed_at ?? null,
    }));
}

interface Told {
  field: string;
  changed_by?: string | null;
  changed_at?: string | null;
}

function toldBy(error: unknown): Told[] {
  const conflicts = error instanceof ApiError ? (error.body as Fields | null)?.conflicts : undefined;
  return Array.isArray(conflicts) ? (conflicts as Told[]) : [];
}

/** Whether Stoa refused because the record was changed since. */
export function isStale(error: unknown): boolean {
  return error instanceof ApiError && ['precondition_failed', 'version_conflict'].includes(error.code);
}

/** The error for a change that the person gave up. */
export function notSaved(cause: unknown): ApiError {
  const body = cause instanceof ApiError ? cause.body : null;
  const status = cause instanceof ApiError ? cause.status : 409;
  return new ApiError('Nothing was saved: somebody else changed the same fields.', status, 'not_saved', body);
}

/** Saves a change. Throws `not_saved` when the person decides so. */
export async function save<R extends { version: number }>(change: Change<R>): Promise<R> {
  let { changed, previous } = change;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await change.write(changed, previous.version);
    } catch (error) {
      if (!isStale(error) || attempt >= MAX_ATTEMPTS) throw error;
      const current = await change.read();
      const fields = conflictsOf(changed, previous as unknown as Fields, current as unknown as Fields, error);
      if (fields.length > 0) {
        const resolution = resolver && (await resolver({ resource: change.resource, id: change.id, fields }));
        if (!resolution) throw notSaved(error);
        const dropped = fields.map(conflict => conflict.field).filter(field => !resolution.keep.includes(field));
        changed = Object.fromEntries(Object.entries(changed).filter(([field]) => !dropped.includes(field)));
      }
      changed = differing(changed, current as unknown as Fields);
      if (Object.keys(changed).length === 0) return current;
      previous = current;
    }
  }
}
