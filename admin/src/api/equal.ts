// Equality of JSON values, and what differs between two records.

/** Whether two JSON values are the same. An absent value and null are. */
export function isEqual(a: unknown, b: unknown): boolean {
  const [left, right] = [a ?? null, b ?? null];
  if (left === right) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  if (left instanceof Date || right instanceof Date) return JSON.stringify(left) === JSON.stringify(right);
  const [one, other] = [left as Record<string, unknown>, right as Record<string, unknown>];
  if (Array.isArray(left) && Array.isArray(right) && left.length !== right.length) return false;
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].every(key => isEqual(one[key], other[key]));
}

/** The fields of `data` that differ from `previous`. Fields that `data` leaves undefined were not in the form. */
export function diff(data: Record<string, unknown>, previous: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(data).filter(
    ([field, value]) => value !== undefined && field !== 'version' && !isEqual(value, previous[field]),
  );
  return Object.fromEntries(entries);
}
