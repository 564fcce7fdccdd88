// Values that come and go with a log-in.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

function put(session_id: string, more: object = {}): void {
  const expires_at = Date.now() + 600_000;
  const session = { access_token: `a ${session_id}`, refresh_token: 'r', expires_at, session_id, ...more };
  localStorage.setItem('stoa.session', JSON.stringify(session));
}

beforeEach(() => {
  vi.resetModules();
  put('1', { must_change_password: false });
});
afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

async function setup<T>(read: (known: T | undefined) => Promise<T>) {
  const { perSession } = await import('./perSession');
  const value = perSession<T>(read);
  const heard = vi.fn();
  value.subscribe(heard);
  return { value, heard };
}

test('is read once, by whoever asks first', async () => {
  const read = vi.fn(async () => ({ name: 'a' }));
  const { value, heard } = await setup(read);
  const [one, other] = await Promise.all([value.load(), value.load()]);
  expect(one).toBe(other);
  expect(await value.load()).toBe(value.current());
  expect([read.mock.calls.length, heard.mock.calls.length]).toEqual([1, 1]);
});

test('is another one for another person', async () => {
  let n = 0;
  const { value } = await setup(async () => (n += 1));
  expect(await value.load()).toBe(1);
  put('2');
  expect(await value.load()).toBe(2);
});

test('of the person before is not kept when it comes late', async () => {
  let answer: (name: string) => void = () => undefined;
  const { value } = await setup(() => new Promise<string>(resolve => (answer = resolve)));
  const first = value.load();
  put('2');
  const second = value.load();
  answer('second');
  await second;
  expect(value.current()).toBe('second');
  void first;
});

test('stays the same object when reading it again tells nothing new', async () => {
  let name = 'a';
  const { value, heard } = await setup(async () => ({ name }));
  const first = await value.load();
  await value.reload();
  expect(value.current()).toBe(first);
  expect(heard).toHaveBeenCalledOnce();
  name = 'b';
  await value.reload();
  expect(value.current()).toEqual({ name: 'b' });
  expect(heard).toHaveBeenCalledTimes(2);
});

test('is read again after a failure', async () => {
  const { ApiError } = await import('./http');
  const read = vi.fn().mockRejectedValueOnce(new ApiError('no', 403, 'forbidden')).mockResolvedValue('fine');
  const { value } = await setup(read);
  await expect(value.load()).rejects.toMatchObject({ code: 'forbidden' });
  expect(await value.load()).toBe('fine');
});

test('is waited for while Stoa is away', async () => {
  const { unreachable } = await import('./http');
  const { connection, noteAnswer, noteFailure } = await import('./connection');
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
  const read = vi.fn().mockImplementationOnce(async () => {
    noteFailure();
    await vi.waitFor(() => expect(connection()).toBe('offline'));
    throw unreachable();
  });
  read.mockResolvedValue('back');
  const { value } = await setup(read);
  const loading = value.load();
  await vi.waitFor(() => expect(connection()).toBe('offline'));
  expect(value.current()).toBeUndefined();
  noteAnswer();
  expect(await loading).toBe('back');
});
