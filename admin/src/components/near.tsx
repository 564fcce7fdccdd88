// Times that are seconds or minutes away, before or after now, and count along while one looks.
import { Tooltip } from '@mui/material';
import { useSyncExternalStore } from 'react';
import { serverNow } from '../api/clock';
import { formatAgo, formatDateTime } from './time';

const SECONDS = new Intl.RelativeTimeFormat('en', { numeric: 'always', style: 'narrow' });
const MINUTE = 60_000;

/** How far away, as in `in 25 sec.` and `3 min. ago`; `now` and the time in milliseconds. */
export function formatNear(time: number, now: number): string {
  const away = time - now;
  if (Math.abs(away) >= MINUTE) return formatAgo(time, now);
  const seconds = Math.round(away / 1000);
  return seconds === 0 ? 'now' : SECONDS.format(seconds, 'second');
}

/** How long something took or has taken, as in `340 ms`, `12 s`, `3 min 5 s` and `2 h 10 min`. */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.max(0, Math.round(ms))} ms`;
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return seconds % 60 ? `${minutes} min ${seconds % 60} s` : `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return minutes % 60 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

/** One clock for all that look at it, which stands still while nobody does. */
function clock(period: number) {
  const listeners = new Set<() => void>();
  let timer: ReturnType<typeof setInterval> | undefined;
  let now = serverNow();
  const tick = () => {
    now = serverNow();
    listeners.forEach(one => one());
  };
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    if (timer === undefined) {
      now = serverNow();
      timer = setInterval(tick, period);
    }
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  };
  return { subscribe, read: () => now };
}

const EVERY_SECOND = clock(1000);
const EVERY_HALF_MINUTE = clock(30_000);

/** The time on the server; it goes on by itself, each second where `near`. */
export function useNow(near = true): number {
  const { subscribe, read } = near ? EVERY_SECOND : EVERY_HALF_MINUTE;
  return useSyncExternalStore(subscribe, read);
}

/** How far away; the exact time is in the tooltip and in the markup. `past` is said for a time that should be over. */
export function TimeNear({ value, past }: { value: string | null | undefined; past?: string }) {
  const time = value ? new Date(value).getTime() : 0;
  const now = useNow(Math.abs(time - serverNow()) < 2 * MINUTE);
  if (!value) return <>–</>;
  return (
    <Tooltip title={formatDateTime(value)}>
      <time dateTime={value} style={{ whiteSpace: 'nowrap' }}>
        {past !== undefined && time <= now ? past : formatNear(time, now)}
      </time>
    </Tooltip>
  );
}
