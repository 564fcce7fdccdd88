// Days of the company as instants, and the time of day for the greeting.

/** How far a time zone is ahead of UTC at an instant, in milliseconds. */
function offset(instant: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant);
  const of = (type: string) => Number(parts.find(part => part.type === type)?.value);
  const there = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return there - Math.floor(instant / 1000) * 1000;
}

/** The instant at which a day (`YYYY-MM-DD`) begins in a time zone, in RFC 3339. */
export function startOfDay(day: string, zone: string): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  // The offset in force at midnight there is known only after a first guess.
  const guess = midnight - offset(midnight, zone);
  return new Date(midnight - offset(guess, zone)).toISOString();
}

/** Which greeting fits the hour. */
export function partOfDay(hour: number): 'morning' | 'day' | 'evening' {
  if (hour >= 5 && hour < 11) return 'morning';
  return hour >= 18 || hour < 5 ? 'evening' : 'day';
}

/** A day of the company in words. */
export function dayLabel(day: string, locale: string, withWeekday = false): string {
  const weekday = withWeekday ? ('long' as const) : undefined;
  return new Intl.DateTimeFormat(locale, { timeZone: 'UTC', day: 'numeric', month: 'short', weekday }).format(
    Date.parse(`${day}T00:00:00Z`)
  );
}
