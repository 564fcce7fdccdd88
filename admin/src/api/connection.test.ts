// How the connection is lost and found.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

let healthy: boolean;
let probes: number;

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers();
  probes = 0;
  vi.stubGlobal('fetch', async () => {
    probes += 1;
    if (!healthy) throw new TypeError('Failed to fetch');
    return new Response('{}');
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function setup() {
  const queries = await import('./queries');
  const refetchQueries = vi.fn();
  queries.setQueryClient({ refetchQueries } as unknown as Parameters<typeof queries.setQueryClient>[0]);
  return { connection: await import('./connection'), refetchQueries };
}

test('one lost request is no outage', async () => {
  healthy = true;
  const { connection, refetchQueries } = await setup();
  const heard = vi.fn();
  connection.onConnectionChange(heard);
  connection.noteFailure();
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.connection()).toBe('online');
  expect([heard.mock.calls.length, refetchQueries.mock.calls.length]).toEqual([0, 0]);
});

test('an outage lasts until Stoa answers; then what is on screen is read again', async () => {
  healthy = false;
  const { connection, refetchQueries } = await setup();
  connection.noteFailure();
  connection.noteFailure();
  await vi.advanceTimersByTimeAsync(0);
  expect(connection.connection()).toBe('offline');
  const waited = vi.fn();
  void connection.whenOnline().then(waited);
  await vi.advanceTimersByTimeAsync(120_000);
  expect(probes).toBeGreaterThan(8);
  expect(probes).toBeLessThan(15);
  expect(waited).not.toHaveBeenCalled();
  healthy = true;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(connection.connection()).toBe('online');
  expect(waited).toHaveBeenCalledOnce();
  expect(refetchQueries).toHaveBeenCalledExactlyOnceWith({ type: 'active' });
  const before = probes;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probes).toBe(before);
});

test('any answer ends an outage', async () => {
  healthy = false;
  const { connection, refetchQueries } = await setup();
  connection.noteFailure();
  await vi.advanceTimersByTimeAsync(5000);
  connection.noteAnswer();
  expect(connection.connection()).toBe('online');
  expect(refetchQueries).toHaveBeenCalledOnce();
  const before = probes;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(probes).toBe(before);
});

test('who waits for the connection can stop waiting', async () => {
  healthy = false;
  const { connection } = await setup();
  connection.noteFailure();
  await vi.advanceTimersByTimeAsync(0);
  const stop = new AbortController();
  const waiting = connection.whenOnline(stop.signal);
  stop.abort();
  await expect(waiting).rejects.toThrow();
});

test('who noted a failure learns when Stoa has answered since, also before the outage is certain', async () => {
  healthy = false;
  const { connection } = await setup();
  const answered = vi.fn();
  void connection.noteFailure().then(answered);
  expect(connection.connection()).toBe('online');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(answered).not.toHaveBeenCalled();
  healthy = true;
  await vi.advanceTimersByTimeAsync(15_000);
  expect(answered).toHaveBeenCalledOnce();
});
