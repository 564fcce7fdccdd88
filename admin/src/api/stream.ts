// One stream of Server-Sent Events, opened again whenever it breaks.
import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { noteAnswer, noteFailure, whenOnline } from './connection';
import { ApiError, parseJson, refusal, unreachable } from './http';
import { accessToken, bearer, isLoggedIn, renewed } from './session';

/** What is listened to and how. */
export interface Listening {
  path: string;
  /** Headers besides the token, for each attempt. */
  headers(): Record<string, string>;
  /** Id of the last event that was seen. */
  lastId(): string | undefined;
  onEvent(event: EventSourceMessage): void;
  /** The stream is open again, and what happened in between is not known. */
  onGap(): void;
  /** Events may have been missed already before the first attempt. */
  resumed: boolean;
  signal: AbortSignal;
}

/** Stoa sends something every 15 seconds; after this long without a byte the stream is dead. */
const SILENCE = 45_000;
const FIRST_PAUSE = 3000;
const LONGEST_PAUSE = 60_000;
/** Least pause while nobody looks. */
const HIDDEN_PAUSE = 15_000;
/** Pause after a refusal that time alone may cure. */
const REFUSED_PAUSE = 300_000;

/** Listens until the signal is aborted. */
export async function listen(listening: Listening): Promise<void> {
  const { signal } = listening;
  let gap = listening.resumed;
  let failures = 0;
  let retry = FIRST_PAUSE;
  while (!signal.aborted) {
    let pause: number;
    try {
      await whenOnline(signal);
      const response = await open(listening);
      if (gap && listening.lastId() === undefined) listening.onGap();
      gap = true;
      const since = Date.now();
      await pump(response, listening, ms => {
        retry = ms;
      });
      failures = Date.now() - since > LONGEST_PAUSE ? 0 : failures + 1;
      pause = pauseAfter(failures, retry);
    } catch (error) {
      if (signal.aborted) return;
      if (!isLoggedIn()) return;
      failures += 1;
      pause = pauseAfter(failures, retry, error);
    }
    await waitOrWake(pause, signal);
  }
}

/** Milliseconds until the next attempt. */
export function pauseAfter(failures: number, retry: number, error?: unknown): number {
  const refused = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
  const told = error instanceof ApiError ? (error.retryAfter ?? 0) * 1000 : 0;
  const grown = refused ? REFUSED_PAUSE : Math.min(retry * 2 ** Math.max(failures - 1, 0), LONGEST_PAUSE);
  const hidden = typeof document !== 'undefined' && document.hidden ? HIDDEN_PAUSE : 0;
  return Math.max(told, grown, hidden) * (0.75 + Math.random() / 2);
}

async function open(listening: Listening): Promise<Response> {
  const token = await accessToken();
  const first = await attempt(listening, token);
  return first.status === 401 ? check(await attempt(listening, await renewed(token))) : check(first);
}

async function attempt(listening: Listening, token: string): Promise<Response> {
  const last = listening.lastId();
  try {
    return await fetch(listening.path, {
      headers: {
        Accept: 'text/event-stream',
        ...listening.headers(),
        ...bearer(token),
        ...(last === undefined ? {} : { 'Last-Event-ID': last }),
      },
      cache: 'no-store',
      signal: listening.signal,
    });
  } catch (error) {
    if (listening.signal.aborted) throw error;
    noteFailure();
    throw unreachable();
  }
}

async function check(response: Response): Promise<Response> {
  if (!response.ok) throw refusal(response, parseJson(await response.text()));
  noteAnswer();
  return response;
}

async function pump(response: Response, listening: Listening, onRetry: (ms: number) => void): Promise<void> {
  const reader = response.body?.getReader();
  if (!reader) return;
  const parser = createParser({ onEvent: listening.onEvent, onRetry });
  const decoder = new TextDecoder();
  const end = () => void reader.cancel().catch(() => undefined);
  let watch: ReturnType<typeof setTimeout> | undefined;
  listening.signal.addEventListener('abort', end);
  try {
    for (;;) {
      watch = setTimeout(end, SILENCE);
      const { done, value } = await reader.read();
      clearTimeout(watch);
      if (done || listening.signal.aborted) return;
      parser.feed(decoder.decode(value, { stream: true }));
    }
  } finally {
    clearTimeout(watch);
    listening.signal.removeEventListener('abort', end);
    end();
  }
}

/** Waits; less when somebody looks again, and not at all once aborted. */
function waitOrWake(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    const seen = () => {
      if (!document.hidden) finish();
    };
    const timer = setTimeout(finish, ms);
    function finish() {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      if (typeof document !== 'undefined') document.removeEventListener('visibilitychange', seen);
      resolve();
    }
    signal.addEventListener('abort', finish);
    if (typeof document !== 'undefined') document.addEventListener('visibilitychange', seen);
    if (signal.aborted) finish();
  });
}
