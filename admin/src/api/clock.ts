// The server's time: clocks of people's machines are wrong at times, and "in ten seconds" must not depend on them.

/** Answers tell whole seconds and take a while to arrive: less than this says nothing. */
const NOISE = 5_000;

let ahead = 0;

/** How far the server's clock is ahead when it said `date` and the own one `now`, in milliseconds. */
export function skew(date: string | null, now: number): number | undefined {
  const told = date === null ? Number.NaN : Date.parse(date);
  if (!Number.isFinite(told)) return undefined;
  return Math.abs(told - now) < NOISE ? 0 : told - now;
}

/** Takes note of the time in an answer's `Date`. */
export function noteDate(date: string | null): void {
  ahead = skew(date, Date.now()) ?? ahead;
}

/** The time on the server, in milliseconds. */
export function serverNow(): number {
  return Date.now() + ahead;
}
