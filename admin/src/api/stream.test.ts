// A stream of events that opens again by itself, from where it broke off.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError } from './http';
import { listen, pauseAfter } from './stream';

interface Opened {
  headers: Headers;
  say(text: string): void;
  end(): void;
}

let opened: Opened[];
let refuse: (() => Response) | undefined;

beforeEach(() => {
  opened = [];
  refuse = undefined;
  localStorage.setItem(
    'stoa.session',
    JSON.stringify({ access_token: 'a', refresh_token: 'r', expires_at: Date.now() + 10 * 60_000, session_id: 's' }),
  );
  vi.useFakeTimers();
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const refused = refuse?.();
    if (refused) return refused;
    let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start(given) {
        controller = given;
      },
    });
    const headers = new Headers(init.headers);
    opened.push({
      headers,
      say: text => controller?.enqueue(new TextEncoder().encode(text)),
      end: () => controller?.close(),
    });
    return new Response(body, { status: 200, headers: { 'Content-Type': 'text/event-stream' } });
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
  localStorage.clear();
});

function start(resumed = false) {
  const stop = new AbortController();
  const heard: string[] = [];
  let last: string | undefined;
  const gap = vi.fn();
  const done = listen({
    path: '/api/events',
    headers: () => ({ 'X-Company-Id': 'c' }),
    lastId: () => last,
    onEvent: event => {
      last = event.id ?? last;
      heard.push(`${event.event}:${event.data}`);
    },
    onGap: gap,
    resumed,
    signal: stop.signal,
  });
  return { stop, heard, gap, done };
}

const tick = (ms = 0) => vi.advanceTimersByTimeAsync(ms);

describe('listen', () => {
  test('hears events, however they are cut up', async () => {
    const { heard, stop, done } = start();
    await tick();
    opened[0]?.say('retry: 3000\n: open\n\nevent: notification.created\nid: 1\nda');
    opened[0]?.say('ta: {"a":"ü"}\n\n');
    await tick();
    expect(heard).toEqual(['notification.created:{"a":"ü"}']);
    expect(opened[0]?.headers.get('Authorization')).toBe('Bearer a');
    expect(opened[0]?.headers.get('X-Company-Id')).toBe('c');
    stop.abort();
    await tick();
    await done;
  });

  test('goes on from the last event', async () => {
    const { gap, stop } = start();
    await tick();
    opened[0]?.say('id: 7\nevent: x\ndata: 1\n\n');
    await tick();
    opened[0]?.end();
    await tick(6000);
    expect(opened).toHaveLength(2);
    expect(opened[1]?.headers.get('Last-Event-ID')).toBe('7');
    expect(gap).not.toHaveBeenCalled();
    stop.abort();
  });

  test('tells of a gap when there is no event to go on from', async () => {
    const { gap, stop } = start();
    await tick();
    expect(gap).not.toHaveBeenCalled();
    opened[0]?.end();
    await tick(6000);
    expect(opened).toHaveLength(2);
    expect(gap).toHaveBeenCalledOnce();
    stop.abort();
  });

  test('tells of a gap at once when another tab listened before', async () => {
    const { gap, stop } = start(true);
    await tick();
    expect(gap).toHaveBeenCalledOnce();
    stop.abort();
  });

  test('opens again when nothing comes, not even a comment', async () => {
    const { stop } = start();
    await tick();
    for (let n = 0; n < 8; n += 1) {
      opened[0]?.say(': alive\n\n');
      await tick(15_000);
    }
    expect(opened).toHaveLength(1);
    await tick(52_000);
    expect(opened).toHaveLength(2);
    stop.abort();
  });

  test('comes back ever more slowly while it is refused', async () => {
    const { stop } = start();
    let attempts = 0;
    refuse = () => {
      attempts += 1;
      return new Response(JSON.stringify({ code: 'overloaded', message: 'Busy' }), { status: 503 });
    };
    await tick();
    opened[0]?.end();
    await tick(60_000);
    expect(attempts).toBeGreaterThan(2);
    expect(attempts).toBeLessThan(7);
    const before = attempts;
    await tick(600_000);
    expect(attempts - before).toBeLessThan(15);
    stop.abort();
  });

  test('ends with the session', async () => {
    const { done } = start();
    await tick();
    localStorage.clear();
    opened[0]?.end();
    await tick(10_000);
    await done;
    expect(opened).toHaveLength(1);
  });
});

test('a refusal is asked again only after minutes, and a limit when Stoa says', () => {
  expect(pauseAfter(1, 3000, new ApiError('no', 403, 'support_access_denied'))).toBeGreaterThan(200_000);
  expect(pauseAfter(1, 3000, new ApiError('no', 429, 'rate_limited', null, 30))).toBeGreaterThan(22_000);
  expect(pauseAfter(1, 3000)).toBeLessThan(4000);
  expect(pauseAfter(20, 3000)).toBeLessThan(76_000);
});
