// Coming, staying and going: log-in, refresh, sessions, log-out everywhere.
import { PEOPLE, expect, logIn, test } from './test';

test('log in by hand, with a mistake first', async ({ nobody }) => {
  const page = await nobody();
  await page.goto('/');
  await logIn(page, 'admin', 'not the password');
  await expect(page.getByRole('alert')).toContainText('Address or password is wrong');
  await expect(page.getByLabel('E-mail address')).toHaveValue(PEOPLE.admin);
  await logIn(page, 'admin');
  await expect(page.getByRole('menuitem', { name: /^Home/ })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('menuitem', { name: /^Home/ })).toBeVisible();
});

test('a link to a page leads there after the log-in', async ({ nobody, api }) => {
  const { data } = await api('admin', 'GET', '/api/tickets?per_page=1');
  const page = await nobody();
  await page.goto(`/tickets/${data[0].id}/show`);
  await expect(page.getByLabel('E-mail address')).toBeVisible();
  await logIn(page, 'admin');
  await expect(page).toHaveURL(new RegExp(data[0].id));
  await expect(page.getByText(data[0].reference).first()).toBeVisible();
});

test('two tabs share one log-in and one refresh', async ({ as }) => {
  const page = await as('agent');
  const refreshes: string[] = [];
  page.context().on('request', request => request.url().endsWith('/auth/refresh') && refreshes.push(request.url()));
  // As if ten minutes had gone by.
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('stoa.session') ?? '{}');
    localStorage.setItem('stoa.session', JSON.stringify({ ...session, expires_at: Date.now() - 1000 }));
  });
  const other = await page.context().newPage();
  await Promise.all([page.goto('/tickets'), other.goto('/departments')]);
  await expect(page.getByRole('heading', { name: 'Tickets' })).toBeVisible();
  await expect(other.getByRole('heading', { name: 'Departments' })).toBeVisible();
  expect(refreshes).toHaveLength(1);
});

test('log out everywhere ends the other browsers too', async ({ as }) => {
  const here = await as('manager');
  const there = await as('manager');
  await here.goto('/account');
  await there.goto('/tickets');
  await expect(there.getByRole('heading', { name: 'Tickets' })).toBeVisible();
  const section = here.getByRole('region', { name: 'Where you are logged in' });
  await section.getByRole('button', { name: 'Log out everywhere' }).click();
  await here.getByRole('dialog').getByRole('button', { name: 'Log out everywhere' }).click();
  await expect(here.getByLabel('E-mail address')).toBeVisible();
  // It learns of it with its next request, or before by the end of the stream of live events.
  const login = there.getByLabel('E-mail address');
  await expect(async () => {
    if (!(await login.isVisible())) await there.getByRole('menuitem', { name: /^Departments/ }).click({ timeout: 1000 });
    await expect(login).toBeVisible({ timeout: 2000 });
  }).toPass();
});

test('one of the sessions can be ended alone', async ({ as }) => {
  const here = await as('otherAdmin');
  const there = await as('otherAdmin');
  await there.goto('/departments');
  await expect(there.getByRole('heading', { name: 'Departments' })).toBeVisible();
  await here.goto('/account');
  const section = here.getByRole('region', { name: 'Where you are logged in' });
  const ends = section.getByRole('button', { name: /^End the session/ });
  await expect(ends.first()).toBeVisible();
  const before = await ends.count();
  await ends.first().click();
  await expect(ends).toHaveCount(before - 1);
});
