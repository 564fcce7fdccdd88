// Orders records that lie below others of their kind as a tree.
import type { StoaRecord } from '../types';

/** A record that may lie below another one. */
export type Nested = StoaRecord & { name: string; parent_id?: string | null };

/** The records with those above before those below, and how deep each lies. Order among siblings is kept. */
export function asTree<R extends Nested>(records: R[]): { records: R[]; depths: Map<string, number> } {
  const known = new Set(records.map(record => record.id));
  const below = new Map<string | null, R[]>();
  for (const record of records) {
    const parent = record.parent_id && known.has(record.parent_id) ? record.parent_id : null;
    below.set(parent, [...(below.get(parent) ?? []), record]);
  }
  const ordered: R[] = [];
  const depths = new Map<string, number>();
  const walk = (parent: string | null, depth: number) => {
    for (const record of below.get(parent) ?? []) {
      if (depths.has(record.id)) continue;
      depths.set(record.id, depth);
      ordered.push(record);
      walk(record.id, depth + 1);
    }
  };
  walk(null, 0);
  // A circle is not below anything; its records are still shown.
  for (const record of records) {
    if (!depths.has(record.id)) {
      depths.set(record.id, 0);
      ordered.push(record);
      walk(record.id, 1);
    }
  }
  return { records: ordered, depths };
}

/** The record and all that lies below it: none of them can be above it. */
export function withDescendants<R extends Nested>(records: R[], id: string | undefined): Set<string> {
  const found = new Set(id ? [id] : []);
  let before = -1;
  while (found.size > before) {
    before = found.size;
    for (const record of records) {
      if (record.parent_id && found.has(record.parent_id)) found.add(record.id);
    }
  }
  return found;
}
