// Which of an entry's changes say most about it.
import type { Change } from '../types';

/** Fields that people look for, most wanted first. */
const WANTED = [
  'status',
  'role',
  'assignee_id',
  'priority',
  'subject',
  'name',
  'body',
  'department_id',
  'support_access',
  'email',
];
/** Fields that follow from others; they are in the details. */
const QUIET = new Set([
  'author_id',
  'author_is_staff',
  'author_name',
  'created_by',
  'is_auto_response',
  'number',
  'reference',
  'seq',
  'ticket_id',
  'updated_by',
  'version',
  'via',
  'visibility',
]);
/** Times, counts and excerpts. */
const COUNTS = /(_at|_count|_preview)$/;

function place(field: string): number {
  const at = WANTED.indexOf(field);
  return at < 0 ? WANTED.length : at;
}

/** Empty to empty: a field of a new record that nobody set. */
function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

/** The changes without fields that stayed empty. */
export function real(changes: Change[]): Change[] {
  return changes.filter(change => !(isEmpty(change.from) && isEmpty(change.to)));
}

/** The changes worth a line, the most telling first. */
export function telling(changes: Change[]): Change[] {
  return real(changes)
    .filter(change => !QUIET.has(change.field) && !COUNTS.test(change.field))
    .sort((one, other) => place(one.field) - place(other.field));
}
