// Sessions, operators and live events against a live server.
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { Notification, Tag, Ticket, User } from '../src/types';
import { as, direct, live, mark, sent, watch } from './live';

const EMAIL = `${mark}@own.example`;
const FIRST = 'a first password to be replaced';
const SECOND = 'and the one that was chosen then';

/** A tab of its own: other modules, the same storage and locks. */
async function tab() {
  vi.resetModules();
  const [session, client, auth] = await Promise.all([
    import('../src/api/session'),
    import('../src/api/client'),
    import('../src/authProvider'),
  ]);
  return { ...session, ...client, authProvider: auth.authProvider };
}

const expire = () => {
  const session = JSON.parse(localStorage.getItem('stoa.session') ?? '{}');
  localStorage.setItem('stoa.session', JSON.stringify({ ...session, expires_at: Date.now() - 1 }));
};

describe('a person', () => {
  beforeAll(async () => {
    const body = { email: EMAIL, name: 'Sam Vo', role: 'content_writer', password: FIRST };
    await direct<User>('company_admin', 'POST', '/api/users', body);
  });

  test('logs in, chooses a password, refreshes once for two tabs, and leaves', async () => {
    localStorage.clear();
    const one = await tab();
    await expect(one.logIn(EMAIL, 'wrong')).rejects.toMatchObject({ status: 401, code: 'invalid_grant' });
    await one.authProvider.login({ username: EMAIL, password: FIRST });
    expect([one.isLoggedIn(), one.mustChangePassword()]).toEqual([true, true]);
    await expect(one.request('/api/tags')).rejects.toMatchObject({ code: 'password_change_required' });
    await expect(one.changePassword('wrong', SECOND)).rejects.toMatchObject({ status: 422 });
    await one.changePassword(FIRST, SECOND);
    expect(one.mustChangePassword()).toBe(false);
    expect(await one.authProvider.getIdentity?.()).toMatchObject({ fullName: 'Sam Vo', role: 'content_writer' });

    const other = await tab();
    const before = await one.accessToken();
    expire();
    watch();
    const answers = await Promise.all([one, other, one, other].map(each => each.request('/api/tags?page=1')));
    expect(answers.map(answer => answer.status)).toEqual([200, 200, 200, 200]);
    expect(sent.filter(request => request.path === '/auth/refresh')).toHaveLength(1);
    expect(await other.accessToken()).not.toBe(before);

    let lost = 0;
    expire();
    watch(request => (request.path === '/auth/refresh' && lost++ < 1 ? 'answer lost' : undefined));
    expect((await other.request('/auth/me')).status).toBe(200);
    expire();
    watch(request => (request.path.startsWith('/auth/') ? 'unsent' : undefined));
    await expect(one.request('/auth/sessions')).rejects.toMatchObject({ status: 0 });
    await expect(one.authProvider.checkAuth({})).resolves.toBeUndefined();
    watch();

    const kept = localStorage.getItem('stoa.session') ?? '';
    await one.authProvider.logout({});
    await expect(other.authProvider.checkAuth({})).rejects.toMatchObject({ status: 401 });
    localStorage.setItem('stoa.session', kept);
    expire();
    const ended = await other.request('/auth/me').catch(error => error);
    expect(ended).toMatchObject({ status: 401 });
    expect(other.isLoggedIn()).toBe(false);
    await expect(other.authProvider.checkError(ended)).rejects.toBe(ended);
  }, 60_000);

  test('logs out everywhere', async () => {
    const one = await tab();
    await one.logIn(EMAIL, SECOND);
    const elsewhere = localStorage.getItem('stoa.session') ?? '';
    await one.logIn(EMAIL, SECOND);
    await one.stepUp(SECOND);
    await one.logOutEverywhere();
    expect(one.isLoggedIn()).toBe(false);
    localStorage.setItem('stoa.session', elsewhere);
    await expect(one.request('/auth/me')).rejects.toMatchObject({ status: 401 });
    expect(one.isLoggedIn()).toBe(false);
  });
});

test('an operator has other rights inside a company than outside, and acts with a reason', async () => {
  vi.resetModules();
  as('superadmin');
  const { may, reach } = await import('../src/api/permissions');
  const { actIn, leaveCompany } = await import('../src/api/company');
  const { dataProvider } = await import('../src/dataProvider');
  expect(await may('companies', 'create')).toBe(true);
  expect(await may('users.name', 'read')).toBe(true);
  expect([await may('tickets', 'list'), await may('tickets.subject', 'edit'), await may('settings', 'edit')]).toEqual([
    false,
    false,
    false,
  ]);
  actIn({ id: live.company_id, name: 'own', reason: 'Asked by José' });
  expect([await may('tickets', 'list'), await reach('tickets', 'assign')]).toEqual([true, 'all']);
  const { data } = await dataProvider.create<Tag>('tags', { data: { name: `${mark} operator` } });
  expect(data.company_id).toBe(live.company_id);
  const filter = { resource: 'tags', resource_id: data.id };
  const log = await dataProvider.getList('audit_log', { filter });
  expect(log.data[0]).toMatchObject({ reason: 'Asked by Jose', act_as: true });
  leaveCompany();
  await expect(dataProvider.getList('tags', {})).rejects.toMatchObject({ code: 'company_required' });
});

test('a notification arrives while it happens, and after a break what was missed', async () => {
  vi.resetModules();
  as('content_writer');
  const { listen } = await import('../src/api/stream');
  const me = await direct<User>('content_writer', 'GET', '/auth/me');
  let last: string | undefined;
  const heard: string[] = [];
  const start = () => {
    const stop = new AbortController();
    const done = listen({
      path: '/api/events?topics=notifications',
      headers: () => ({}),
      lastId: () => last,
      onEvent: event => {
        last = event.id ?? last;
        heard.push((JSON.parse(event.data) as Notification).ticket_id ?? '');
      },
      onGap: () => undefined,
      resumed: false,
      signal: stop.signal,
    });
    return async () => {
      stop.abort();
      await done;
    };
  };
  const assign = async (n: number) => {
    const ticket = await direct<Ticket>('company_admin', 'POST', '/api/tickets', { subject: `${mark} live ${n}` });
    await direct('company_admin', 'POST', `/api/tickets/${ticket.id}/assign`, { assignee_id: me.id });
    return ticket.id;
  };
  watch();
  let stop = start();
  await vi.waitFor(() => expect(sent.some(request => request.path === '/api/events')).toBe(true));
  await new Promise(resolve => setTimeout(resolve, 500));
  const first = await assign(1);
  await vi.waitFor(() => expect(heard).toContain(first), 10_000);
  await stop();
  const second = await assign(2);
  stop = start();
  await vi.waitFor(() => expect(heard).toContain(second), 10_000);
  await stop();
}, 40_000);
