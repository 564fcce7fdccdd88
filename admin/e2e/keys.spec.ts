// API keys: made for certain acts, shown once, rotated without a break, revoked at once.
import type { Page } from '@playwright/test';
import { KEY_SCOPES } from '../src/api_keys/scopes';
import { expect, test } from './test';

/** The first schema of a field with this name that has a list of values. */
function find(part: any, name: string): any {
  if (typeof part !== 'object' || part === null) return undefined;
  if (part[name]?.items?.enum) return part[name];
  for (const inner of Object.values(part)) {
    const found = find(inner, name);
    if (found) return found;
  }
  return undefined;
}

const shown = (page: Page) => page.getByRole('dialog').getByRole('group', { name: 'Key' });

test('make a key, use it, rotate it, revoke it', async ({ as, server }) => {
  test.setTimeout(120_000);
  const ask = (key: string, path: string) =>
    fetch(server.url + path, { headers: { authorization: `Bearer ${key}` } }).then(answer => answer.status);
  const page = await as('admin');
  await page.goto('/api_keys');
  await page.getByRole('link', { name: 'New key' }).first().click();
  await page.getByLabel('Name').fill('Nightly import');
  await page.getByRole('button', { name: 'Make key' }).click();
  await expect(page.getByText('Choose at least one.')).toBeVisible();
  const tickets = page.getByRole('group', { name: 'Tickets', exact: true });
  await tickets.getByLabel('Change', { exact: true }).check();
  await expect(tickets.getByLabel('Read', { exact: true })).toBeChecked();
  await page.getByRole('button', { name: 'Make key' }).click();

  const dialog = page.getByRole('dialog', { name: /Nightly import/ });
  await expect(dialog.getByText('It is shown only now')).toBeVisible();
  const key = (await shown(page).textContent())!.trim();
  expect(key).toMatch(/^stoa_live_[0-9A-Za-z]{12}_[0-9A-Za-z]{43}_[0-9A-Za-z]{6}$/);
  await page.keyboard.press('Escape');
  await expect(dialog).toBeVisible();
  await dialog.getByRole('button', { name: 'I have copied it' }).click();

  await test.step('it does what it was made for, and nothing else', async () => {
    expect(await ask(key, '/api/tickets?per_page=1')).toBe(200);
    expect(await ask(key, '/api/users?per_page=1')).toBe(403);
    expect(await ask(key, '/auth/sessions')).toBeGreaterThanOrEqual(401);
  });

  const secret = key.split('_')[3]!;
  await test.step('it is not told again', async () => {
    await expect(page.getByText(`${key.split('_').slice(0, 3).join('_')}…`)).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toContain(secret);
  });

  await page.getByRole('link', { name: 'Nightly import' }).click();
  await page.getByRole('button', { name: 'Rotate' }).click();
  await expect(page.getByRole('dialog').getByText('24 hours')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Rotate' }).click();
  await expect(shown(page)).toBeVisible();
  const next = (await shown(page).textContent())!.trim();
  expect(next).not.toBe(key);
  await page.getByRole('dialog').getByRole('button', { name: 'I have copied it' }).click();
  await expect(page.getByText('Two secrets')).toBeVisible();
  for (const each of [key, next]) expect(await ask(each, '/api/tickets?per_page=1')).toBe(200);

  await page.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(page.getByText('Revoked', { exact: true }).first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'Rotate' })).toHaveCount(0);
  for (const each of [key, next]) expect(await ask(each, '/api/tickets?per_page=1')).toBe(401);
});

test('a key that is bound to a network is refused from elsewhere', async ({ as, server }) => {
  const page = await as('admin');
  await page.goto('/api_keys/create');
  await page.getByLabel('Name').fill('Bound to the office');
  await page.getByRole('group', { name: 'Tags', exact: true }).getByLabel('Read', { exact: true }).check();
  const addresses = page.getByLabel('Allowed addresses');
  await addresses.fill('192.0.2.300');
  await addresses.press('Enter');
  await page.getByRole('button', { name: 'Make key' }).click();
  await expect(page.getByText('“192.0.2.300” is not an address or network.')).toBeVisible();
  await addresses.press('Backspace');
  await addresses.fill('192.0.2.0/24');
  await addresses.press('Enter');
  await page.getByRole('button', { name: 'Make key' }).click();
  const key = (await shown(page).textContent())!.trim();
  const from = (ip: string) =>
    fetch(`${server.url}/api/tags?per_page=1`, {
      headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': ip },
    }).then(answer => answer.status);
  expect(await from('192.0.2.77')).toBe(200);
  expect(await from('198.51.100.1')).toBe(403);
});

test('who may not see keys finds no way to them', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/api_keys');
  await expect(page.getByText(/access denied|not allowed|may not|have no right/i).first()).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^API keys/ })).toHaveCount(0);
});

test('the picker offers what the server admits, no more and no less', async ({ as, server }) => {
  const offered = Object.entries(KEY_SCOPES).flatMap(([resource, actions]) => actions.map(action => `${resource}.${action}`));
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json();
  const admitted = find(document, 'scopes')?.items?.enum as string[] | undefined;
  expect(admitted?.toSorted()).toEqual(offered.toSorted());
  const page = await as('admin');
  await page.goto('/api_keys/create');
  const boxes = page.getByRole('group', { name: 'Permissions' }).getByRole('checkbox');
  await expect(boxes).toHaveCount(offered.length);
  for (const box of await boxes.all()) await expect(box).toBeEnabled();
});
