// Until when a new key is good.

const DAY = 86_400_000;
/** The server takes no more days. */
export const MOST_DAYS = 365;
/** Clocks differ: a key for the longest time must not be refused for that. */
const SLACK = 3_600_000;

/** Days that are offered. */
export const TERMS = [7, 30, 90, 180, 365];
/** The term that a form begins with. */
export const USUAL_TERM = '90';
/** Stands in the form for a day that the person chooses. */
export const OWN_DAY = 'day';

/** The end of a key made at `now` (milliseconds) for so many days, as the API takes it. */
export function endAfter(days: number, now: number): string {
  return new Date(now + Math.min(days * DAY, MOST_DAYS * DAY - SLACK)).toISOString();
}

/** The end of a chosen day (`2026-12-31`), in the reader's zone; null when it is not a day within the limits. */
export function endOfDay(day: string, now: number): string | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const time = new Date(`${day}T23:59:59`).getTime();
  if (!Number.isFinite(time) || time <= now) return null;
  return time <= now + MOST_DAYS * DAY - SLACK ? new Date(time).toISOString() : null;
}

/** A day as date fields take it, so many days after `now`. */
export function dayAfter(days: number, now: number): string {
  const date = new Date(now + days * DAY);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

/** The fields of the form as the API takes them at the time `now`. */
export function asCreated({ term, day, ...rest }: Record<string, unknown>, now: number): Record<string, unknown> {
  const expires_at = term === OWN_DAY ? endOfDay(String(day), now) : endAfter(Number(term ?? USUAL_TERM), now);
  return { ...rest, expires_at };
}
