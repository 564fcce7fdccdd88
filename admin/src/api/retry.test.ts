// What is tried again, under which key, and what is told of bulk calls.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { ApiError, unreachable } from './http';
import { once } from './idempotency';
import { onPartial, settleBulk } from './partial';
import { pauseBefore, persist } from './retry';

/** The outcome of what waits, without waiting. */
async function hurried<T>(waiting: Promise<T>): Promise<T> {
  let open = true;
  const close = () => {
    open = false;
  };
  waiting.then(close, close);
  while (open) await vi.advanceTimersByTimeAsync(100);
  return waiting;
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const refused = (status: number, code: string, after?: number) => new ApiError(code, status, code, null, after);

describe('persist', () => {
  test('outlasts a short outage', async () => {
    const attempt = vi.fn().mockRejectedValueOnce(unreachable()).mockRejectedValueOnce(unreachable());
    attempt.mockResolvedValue(1);
    expect(await hurried(persist(attempt))).toBe(1);
    expect(attempt).toHaveBeenCalledTimes(3);
  });

  test('gives up in the end', async () => {
    const attempt = vi.fn().mockRejectedValue(unreachable());
    await expect(hurried(persist(attempt))).rejects.toMatchObject({ status: 0, code: 'unreachable' });
    expect(attempt).toHaveBeenCalledTimes(4);
  });

  test('takes no for an answer', async () => {
    const attempt = vi.fn().mockRejectedValue(refused(422, 'validation_failed'));
    await expect(hurried(persist(attempt))).rejects.toMatchObject({ code: 'validation_failed' });
    expect(attempt).toHaveBeenCalledOnce();
  });

  test('stops when nobody wants the answer any more', async () => {
    const stop = new AbortController();
    const attempt = vi.fn(async () => {
      stop.abort();
      throw unreachable();
    });
    await expect(hurried(persist(attempt, stop.signal))).rejects.toThrow();
    expect(attempt).toHaveBeenCalledOnce();
  });

  test('waits as long as Stoa says, unless that is long', () => {
    expect(pauseBefore(refused(429, 'rate_limited', 5), 0)).toBe(5000);
    expect(pauseBefore(refused(503, 'overloaded', 2), 2)).toBe(3000);
    expect(pauseBefore(refused(429, 'rate_limited', 60), 0)).toBeUndefined();
    expect(pauseBefore(refused(503, 'overloaded'), 0)).toBeUndefined();
    expect(pauseBefore(new Error('defect'), 0)).toBeUndefined();
  });
});

describe('once', () => {
  const keyOf = async (data: unknown, outcome: 'done' | Error, lifetime?: number) => {
    let used = '';
    const write = async (key: string) => {
      used = key;
      if (outcome !== 'done') throw outcome;
    };
    await once('/api/tags', data, write, lifetime).catch(() => undefined);
    return used;
  };

  test('keeps the key of the same data until there is an answer', async () => {
    const first = await keyOf({ name: 'a' }, unreachable());
    expect(await keyOf({ name: 'b' }, unreachable())).not.toBe(first);
    expect(await keyOf({ name: 'a' }, refused(503, 'dependency_unavailable'))).toBe(first);
    expect(await keyOf({ name: 'a' }, 'done')).toBe(first);
    expect(await keyOf({ name: 'a' }, 'done')).not.toBe(first);
  });

  test('takes a refusal for an answer', async () => {
    const first = await keyOf({ name: 'c' }, refused(422, 'validation_failed'));
    expect(await keyOf({ name: 'c' }, 'done')).not.toBe(first);
  });

  test('forgets the key when it is old', async () => {
    const first = await keyOf({ name: 'd' }, unreachable());
    vi.setSystemTime(Date.now() + 3 * 60_000);
    expect(await keyOf({ name: 'd' }, unreachable(), 2 * 60_000)).not.toBe(first);
  });
});

describe('settleBulk', () => {
  const failure = (id: string) => ({ id, status: 409, code: 'archived', message: 'It is archived.' });

  test('answers the ids that were done and tells of the others', () => {
    const heard = vi.fn();
    const off = onPartial(heard);
    expect(settleBulk('tickets', { data: ['1', '2'], errors: [] })).toEqual(['1', '2']);
    expect(heard).not.toHaveBeenCalled();
    expect(settleBulk('tickets', { data: ['1'], errors: [failure('2')] })).toEqual(['1']);
    expect(heard).toHaveBeenCalledExactlyOnceWith({ resource: 'tickets', done: ['1'], failures: [failure('2')] });
    off();
  });

  test('fails when nothing was done', () => {
    expect(() => settleBulk('tickets', { data: [], errors: [failure('1')] })).toThrow('It is archived.');
    expect(() => settleBulk('tickets', { data: [], errors: [failure('1'), failure('2')] })).toThrow(
      'None of 2 was changed. It is archived.',
    );
  });
});
