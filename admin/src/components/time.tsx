// Times as people read them: how long ago, with the exact time behind it.
import { Tooltip } from '@mui/material';
import { useSyncExternalStore } from 'react';

const DATE_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const DATE = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' });
const RELATIVE = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

/** Day and time in the reader's zone. */
export function formatDateTime(value: string | null | undefined): string {
  return value ? DATE_TIME.format(new Date(value)) : '–';
}

/** Day in the reader's zone. */
export function formatDate(value: string | null | undefined): string {
  return value ? DATE.format(new Date(value)) : '–';
}

/** How long ago, as in `5 min. ago`; `now` and the time in milliseconds. */
export function formatAgo(time: number, now: number): string {
  const seconds = (time - now) / 1000;
  const found = UNITS.find(([, size]) => Math.abs(seconds) >= size);
  return found ? RELATIVE.format(Math.trunc(seconds / found[1]), found[0]) : 'now';
}

/** One clock for all: a list of a thousand times does not need a thousand timers. */
let minute = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    minute = Date.now();
    listeners.forEach(one => one());
  }, 30_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** How long ago; the exact time is in the tooltip and in the markup. */
export function TimeAgo({ value }: { value: string | null | undefined }) {
  const clock = useSyncExternalStore(subscribe, () => minute);
  if (!value) return <>–</>;
  const time = new Date(value).getTime();
  return (
    <Tooltip title={formatDateTime(value)}>
      <time dateTime={value} style={{ whiteSpace: 'nowrap' }}>
        {formatAgo(time, Math.max(clock, time))}
      </time>
    </Tooltip>
  );
}
