// Log-ins that are renewed once for all tabs, and that only a refusal ends.
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

type Handler = (path: string, body: Record<string, unknown>, token: string | null) => Response | Promise<Response>;
type SessionModule = typeof import('./session');

const MINUTE = 60_000;

let handler: Handler;
let calls: string[];

const json = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } });
const problem = (status: number, code: string) => json(status, { code, message: code, status });
const tokens = (n: number) => ({
  access_token: `access-${n}`,
  refresh_token: `refresh-${n}`,
  expires_in: 600,
  session_id: 's1',
  must_change_password: false,
});

/** Another tab: its own memory, the same storage and locks. */
async function tab(): Promise<SessionModule> {
  vi.resetModules();
  return import('./session');
}

function logged(n: number, left: number, more: object = {}): void {
  const { expires_in: _, ...rest } = tokens(n);
  localStorage.setItem('stoa.session', JSON.stringify({ ...rest, expires_at: Date.now() + left, ...more }));
}

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

beforeEach(() => {
  localStorage.clear();
  calls = [];
  handler = () => problem(500, 'internal');
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    calls.push(path);
    const token = new Headers(init.headers).get('Authorization');
    return handler(path, init.body ? JSON.parse(String(init.body)) : {}, token?.slice('Bearer '.length) ?? null);
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

const refreshes = () => calls.filter(path => path === '/auth/refresh').length;

describe('an access token', () => {
  test('is used while it is good', async () => {
    logged(1, 5 * MINUTE);
    expect(await (await tab()).accessToken()).toBe('access-1');
    expect(calls).toEqual([]);
  });

  test('is renewed before it expires, once for all requests and tabs', async () => {
    logged(1, 20_000);
    const seen: unknown[] = [];
    handler = async (_, body) => {
      seen.push(body.refresh_token);
      await new Promise(resolve => setTimeout(resolve, 20));
      return json(200, tokens(2));
    };
    const [one, other] = [await tab(), await tab()];
    const asked = [one, other, one, other, one].map(each => each.accessToken());
    expect(await Promise.all(asked)).toEqual(Array(5).fill('access-2'));
    expect(seen).toEqual(['refresh-1']);
    expect(JSON.parse(localStorage.getItem('stoa.session') ?? '')).toMatchObject({ refresh_token: 'refresh-2' });
  });

  test('that another tab has just renewed is waited for: storage is seen here a little later', async () => {
    logged(1, -1);
    const session = await tab();
    const [asked] = await navigator.locks.request('stoa-refresh', async () => [session.accessToken()]);
    setTimeout(() => logged(2, 5 * MINUTE), 60);
    expect(await asked).toBe('access-2');
    expect(refreshes()).toBe(0);
  });

  test('that Stoa calls expired is renewed and the request sent again', async () => {
    logged(1, 5 * MINUTE);
    handler = (path, _, token) => {
      if (path === '/auth/refresh') return json(200, tokens(2));
      return token === 'access-2' ? json(200, { fine: true }) : problem(401, 'token_expired');
    };
    const session = await tab();
    const both = [1, 2].map(() => session.sendAuthorized('/api/x', { method: 'GET' }));
    expect((await Promise.all(both)).map(answer => answer.data)).toEqual([{ fine: true }, { fine: true }]);
    expect(refreshes()).toBe(1);
  });

  test('is used to its end when it cannot be renewed', async () => {
    vi.useFakeTimers();
    logged(1, 25_000);
    handler = () => problem(503, 'dependency_unavailable');
    const session = await tab();
    expect(await hurried(session.accessToken())).toBe('access-1');
    logged(1, -1);
    await expect(hurried(session.accessToken())).rejects.toMatchObject({ status: 503 });
    expect(session.isLoggedIn()).toBe(true);
  });
});

describe('a log-in survives', () => {
  test.each([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a proxy without Stoa', () => new Response('<h1>Bad gateway</h1>', { status: 502 })],
    ['too many requests', () => problem(429, 'rate_limited')],
    ['an error of Stoa', () => problem(500, 'internal')],
    ['a refusal that is none of the session', () => problem(403, 'company_suspended')],
  ])('%s', async (_, answer) => {
    vi.useFakeTimers();
    logged(1, -1);
    handler = answer;
    const session = await tab();
    await expect(hurried(session.accessToken())).rejects.toThrow();
    expect(session.isLoggedIn()).toBe(true);
  });

  test('a lost answer, by sending the refresh again', async () => {
    vi.useFakeTimers();
    logged(1, -1);
    let lost = 1;
    handler = (path, body) => {
      if (path !== '/auth/refresh') return json(200, {});
      expect(body.refresh_token).toBe('refresh-1');
      lost -= 1;
      return lost >= 0 ? Promise.reject(new TypeError('lost')) : json(200, tokens(2));
    };
    expect(await hurried((await tab()).accessToken())).toBe('access-2');
  });

  test('a refusal of tokens that another tab replaced meanwhile', async () => {
    logged(1, -1);
    const session = await tab();
    handler = () => {
      logged(2, 5 * MINUTE);
      return problem(401, 'refresh_reused');
    };
    expect(await session.accessToken()).toBe('access-2');
    expect(session.isLoggedIn()).toBe(true);
  });
});

describe('a log-in ends', () => {
  test.each(['refresh_reused', 'session_revoked', 'unauthenticated'])('when the refresh says %s', async code => {
    logged(1, -1);
    handler = () => problem(401, code);
    const session = await tab();
    const heard = vi.fn();
    session.onSessionChange(heard);
    await expect(session.accessToken()).rejects.toMatchObject({ status: 401, code });
    expect(session.isLoggedIn()).toBe(false);
    expect(heard).toHaveBeenCalledExactlyOnceWith(false);
    expect(session.endedWith()).toBe(code);
  });

  test('at log-out, whether Stoa answers or not', async () => {
    vi.useFakeTimers();
    logged(1, 5 * MINUTE);
    handler = () => Promise.reject(new TypeError('Failed to fetch'));
    const session = await tab();
    await hurried(session.logOut());
    expect(session.isLoggedIn()).toBe(false);
    expect(calls).toContain('/auth/logout');
  });

  test('and an answer on its way does not bring it back', async () => {
    logged(1, -1);
    const session = await tab();
    handler = async path => {
      if (path !== '/auth/refresh') return json(200, {});
      localStorage.removeItem('stoa.session');
      return json(200, tokens(2));
    };
    await expect(session.accessToken()).rejects.toMatchObject({ status: 401 });
    expect(session.isLoggedIn()).toBe(false);
  });
});

test('a second factor is told with its token', async () => {
  handler = () => json(403, { code: 'mfa_required', message: 'Second factor', mfa_token: 'm' });
  const session = await tab();
  await expect(session.logIn('a@b', 'c')).rejects.toMatchObject({ code: 'mfa_required', body: { mfa_token: 'm' } });
  expect(session.isLoggedIn()).toBe(false);
});

test('a password change keeps requests of the old tokens from ending the session', async () => {
  logged(1, 5 * MINUTE, { must_change_password: true });
  const session = await tab();
  let changed = false;
  handler = async (path, _, token) => {
    if (path === '/auth/password/change') {
      changed = true;
      await new Promise(resolve => setTimeout(resolve, 30));
      return json(200, tokens(2));
    }
    if (path === '/auth/refresh') return problem(401, 'unauthenticated');
    return changed && token === 'access-1' ? problem(401, 'session_revoked') : json(200, { token });
  };
  const change = session.changePassword('old', 'new');
  await new Promise(resolve => setTimeout(resolve, 10));
  const answer = await session.sendAuthorized('/api/x', { method: 'GET' });
  await change;
  expect(answer.data).toEqual({ token: 'access-2' });
  expect([session.isLoggedIn(), session.mustChangePassword()]).toEqual([true, false]);
  expect(refreshes()).toBe(0);
});

describe('a second factor', () => {
  test('ends a log-in: the ticket goes with the code, and tells what must be set up', async () => {
    const sent: unknown[] = [];
    handler = (path, body) => {
      sent.push([path, body]);
      return json(200, { ...tokens(1), must_enroll_mfa: false });
    };
    const one = await tab();
    await one.logInWithCode('ticket', '123456');
    expect(sent).toEqual([['/auth/mfa/verify', { mfa_token: 'ticket', code: '123456' }]]);
    expect(one.isLoggedIn()).toBe(true);
    expect(one.mustSetUpFactor()).toBe(false);
  });

  test('that is demanded is told by the log-in, and all tabs hear when it is there', async () => {
    handler = () => json(200, { ...tokens(1), must_enroll_mfa: true });
    const one = await tab();
    await one.logIn('jo@example.com', 'secret');
    expect(one.mustSetUpFactor()).toBe(true);
    const heard = vi.fn();
    one.onSessionChange(heard);
    one.noteFactorRequired(true);
    expect(heard).not.toHaveBeenCalled();
    one.noteFactorRequired(false);
    expect(heard).toHaveBeenCalledTimes(1);
    expect((await tab()).mustSetUpFactor()).toBe(false);
  });

  test('is not demanded of sessions that say nothing of it', async () => {
    logged(1, 5 * MINUTE);
    const one = await tab();
    expect(one.mustSetUpFactor()).toBe(false);
    one.noteFactorRequired(true);
    expect(one.mustSetUpFactor()).toBe(true);
  });

  test('goes with the password where a proof is wanted', async () => {
    logged(1, 5 * MINUTE);
    const sent: unknown[] = [];
    handler = (_, body) => {
      sent.push(body);
      return json(200, {});
    };
    const one = await tab();
    await one.stepUp('secret');
    await one.stepUp('secret', '123456');
    expect(sent).toEqual([{ password: 'secret' }, { password: 'secret', code: '123456' }]);
  });
});
