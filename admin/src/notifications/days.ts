// Groups what is sorted by time under the days of the reader.

/** What happened on one day. */
export interface DayGroup<T> {
  /** Start of the day where the reader is, in milliseconds. */
  day: number;
  items: T[];
}

function startOfDay(time: number): number {
  return new Date(time).setHours(0, 0, 0, 0);
}

/** Cuts a sorted list into days, in its order. */
export function groupByDay<T extends { created_at: string }>(items: readonly T[]): DayGroup<T>[] {
  const groups: DayGroup<T>[] = [];
  for (const item of items) {
    const day = startOfDay(Date.parse(item.created_at));
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}

/** How the day is called: today, yesterday, or by its date. */
export function nameOfDay(day: number, now: number): 'today' | 'yesterday' | 'date' {
  const today = startOfDay(now);
  if (day === today) return 'today';
  return day === startOfDay(today - 1) ? 'yesterday' : 'date';
}
