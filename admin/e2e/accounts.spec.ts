// How people get an account and back into it: invitation, forgotten password, registration; with the mail they get.
import type { Page } from '@playwright/test';
import { codeIn, linkIn } from './mailbox';
import { choose, expect, logInAs, looksRight, test } from './own';
import { PEOPLE } from './test';

const GOOD = 'copper kettle on the hill';
const OTHER = 'a wooden bridge in the fog';
const home = (page: Page) => expect(page.getByRole('menuitem', { name: /^Home/ })).toBeVisible();

test.describe.configure({ mode: 'serial' });

test('an invitation is sent, sent again, accepted, and good once', async ({ as, nobody, mailbox }) => {
  test.setTimeout(120_000);
  const admin = await as('admin');
  await admin.goto('/users/create');
  await admin.getByLabel('Name').fill('Nora Newcomer');
  await admin.getByLabel('E-mail').fill('nora@acme.example');
  await admin.getByRole('button', { name: 'Add person' }).click();
  const dialog = admin.getByRole('dialog', { name: 'Nora Newcomer was added' });
  await expect(dialog.getByText('nora@acme.example')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  const row = admin.getByRole('row', { name: /Nora Newcomer/ });
  await expect(row.getByText('Invited')).toBeVisible();
  const first = linkIn(await mailbox.next('nora@acme.example', '/accept-invite?'), 'accept-invite');

  await row.getByRole('link', { name: 'Nora Newcomer' }).click();
  await admin.getByRole('button', { name: 'Send again' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await expect(admin.getByText('The invitation is on its way to nora@acme.example')).toBeVisible();
  const second = linkIn(await mailbox.next('nora@acme.example', '/accept-invite?', 2), 'accept-invite');

  const page = await nobody();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(first);
  await looksRight(page);
  await choose(page, GOOD);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('alert')).toContainText('does not hold any more');

  await page.goto(second);
  await choose(page, 'too short');
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('Look at the list below')).toBeVisible();
  // What only the server knows is said at the field, and the link still holds.
  await choose(page, 'acmeacmeacmeacme');
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('too easy to guess')).toBeVisible();
  await choose(page, GOOD);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByText('Your account is ready')).toBeVisible();
  await page.getByRole('button', { name: 'Go to the log-in' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveValue('nora@acme.example');
  await page.getByLabel('Password').fill(GOOD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('heading', { name: 'Home' })).toBeVisible();

  await page.goto(second);
  await choose(page, OTHER);
  await page.getByRole('button', { name: 'Accept' }).click();
  await expect(page.getByRole('alert')).toContainText('does not hold any more');
  await admin.goto('/users');
  await expect(row.getByText('Active')).toBeVisible();
});

test('a forgotten password: by code, with a mistake first', async ({ nobody, mailbox }) => {
  const page = await nobody();
  await page.goto('/login');
  await page.getByLabel('E-mail address').fill(PEOPLE.agent);
  await page.getByRole('link', { name: 'Password forgotten?' }).click();
  await expect(page.getByLabel('E-mail address')).toHaveValue(PEOPLE.agent);
  await looksRight(page);
  await page.getByRole('button', { name: 'Send the mail' }).click();
  await expect(page.getByText(`If ${PEOPLE.agent} has an account`)).toBeVisible();
  await looksRight(page);
  const code = codeIn(await mailbox.next(PEOPLE.agent, '/reset-password?'));
  await page.getByLabel('Code from the mail').fill(code === '000000' ? '111111' : '000000');
  await choose(page, GOOD);
  await page.getByRole('button', { name: 'Set this password' }).click();
  await expect(page.getByRole('alert')).toContainText('This code is wrong');
  await page.getByLabel('Code from the mail').fill(`${code.slice(0, 3)} ${code.slice(3)}`);
  await page.getByRole('button', { name: 'Set this password' }).click();
  await expect(page.getByText('Your password was changed')).toBeVisible();
  await page.getByRole('button', { name: 'Go to the log-in' }).click();
  await page.getByLabel('Password').fill(GOOD);
  await page.getByRole('button', { name: 'Log in' }).click();
  await home(page);
});

test('an administrator has somebody choose another password, by the link', async ({ as, nobody, mailbox }) => {
  const admin = await as('admin');
  await admin.goto('/users');
  await admin.getByRole('link', { name: 'Acme Manager', exact: true }).click();
  await admin.getByRole('button', { name: 'Send a link' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Send a link' }).click();
  await expect(admin.getByText(`The mail is on its way to ${PEOPLE.manager}`)).toBeVisible();
  const page = await nobody();
  await page.goto(linkIn(await mailbox.next(PEOPLE.manager, '/reset-password?'), 'reset-password'));
  await choose(page, OTHER);
  await page.getByRole('button', { name: 'Set this password' }).click();
  await expect(page.getByText('Your password was changed')).toBeVisible();
  await logInAs(page, PEOPLE.manager, OTHER);
  await home(page);
});

test('people register where the company allows it', async ({ as, nobody, mailbox }) => {
  const admin = await as('admin');
  await admin.goto('/settings');
  await admin.getByLabel('People may register themselves').check();
  const address = await admin.getByLabel('Address for registration').inputValue();
  await admin.getByRole('region', { name: 'Helpdesk' }).getByRole('button', { name: 'Save' }).click();
  await expect(admin.getByText('Saved', { exact: true })).toBeVisible();

  const page = await nobody();
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(address);
  await looksRight(page);
  await page.getByLabel('Your name').fill('Carl Client');
  await page.getByLabel('E-mail address').fill('carl@client.example');
  await choose(page, GOOD);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText('on its way to carl@client.example')).toBeVisible();
  await looksRight(page);
  await mailbox.next('carl@client.example', '/verify-email?');
  await page.getByRole('button', { name: 'Send the mail again' }).click();
  await expect(page.getByText('Another mail is on its way')).toBeVisible();
  const mail = await mailbox.next('carl@client.example', '/verify-email?', 2);
  expect(linkIn(mail, 'verify-email')).toContain('token=');
  await page.getByLabel('Code from the mail').fill(codeIn(mail));
  await page.getByRole('button', { name: 'Confirm' }).click();
  await expect(page.getByText('Your address is confirmed')).toBeVisible();
  await page.getByRole('button', { name: 'Go to the log-in' }).click();
  await page.getByLabel('Password').fill(GOOD);
  await page.getByRole('button', { name: 'Log in' }).click();
  // A client begins with the own requests.
  await expect(page).toHaveURL(/\/tickets$/);
});

test('who has an account is told by mail, not on the page', async ({ nobody, mailbox, api, server }) => {
  const slug = (await api('admin', 'GET', '/auth/me')).company.slug;
  const before = mailbox.to(PEOPLE.client).length;
  const page = await nobody();
  await page.goto(`${server.url}/register?company=${slug}`);
  await page.getByLabel('Your name').fill('Somebody Else');
  await page.getByLabel('E-mail address').fill(PEOPLE.client);
  await choose(page, GOOD);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByText(`on its way to ${PEOPLE.client}`)).toBeVisible();
  const mail = await mailbox.next(PEOPLE.client, '', before + 1);
  expect(mail.text).not.toContain('verify-email');
});

test('links that lack their end are told', async ({ nobody }) => {
  const page = await nobody();
  for (const path of ['/accept-invite', '/reset-password', '/verify-email', '/register']) {
    await page.goto(path);
    await expect(page.getByRole('alert')).toContainText('not whole');
    await looksRight(page);
  }
});
