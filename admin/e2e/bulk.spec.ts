// Many tickets at once, with a way back; and all of them as a file.
import { readFileSync } from 'node:fs';
import { expect, test } from './test';

async function select(page: import('@playwright/test').Page, count: number) {
  const boxes = page.getByRole('checkbox', { name: /^Select T-/ });
  await expect(boxes.nth(count)).toBeVisible();
  for (let at = 0; at < count; at++) await boxes.nth(at).check();
  await expect(page.getByText(`${count} selected`)).toBeVisible();
}

/** Urgent tickets that nobody is assigned to; how many they are. */
async function unassigned(api: (...args: any[]) => Promise<any>): Promise<number> {
  const filter = encodeURIComponent('{"assignee_id_isnull":true}');
  return (await api('manager', 'GET', `/api/tickets?page=1&per_page=1&filter=${filter}`)).total;
}

/** Assigns two tickets that have nobody; the page, and the calls that it made for it. */
async function assignTwo(as: (person: 'manager') => Promise<import('@playwright/test').Page>) {
  const page = await as('manager');
  const calls: string[] = [];
  page.on('request', request => request.url().endsWith('/api/tickets/bulk') && calls.push(request.url()));
  await page.goto('/tickets');
  await page.getByRole('navigation', { name: 'Views' }).getByText('Unassigned').click();
  await select(page, 2);
  await page.getByRole('region', { name: 'Selected tickets' }).getByRole('button', { name: 'Assign' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('radio', { name: 'A person' }).check();
  await dialog.getByRole('combobox', { name: 'Person' }).fill('Acme M');
  await page.getByRole('option', { name: /Acme Manager/ }).click();
  await dialog.getByRole('button', { name: 'Apply' }).click();
  return { page, calls };
}

test('assign many, and undo', async ({ as, api }) => {
  const before = await unassigned(api);
  expect(before).toBeGreaterThan(2);
  const { page, calls } = await assignTwo(as);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
  expect(calls).toEqual([]);
  expect(await unassigned(api)).toBe(before);
});

test('assign many, in one call', async ({ as, api }) => {
  const before = await unassigned(api);
  const { calls } = await assignTwo(as);
  await expect.poll(() => unassigned(api), { timeout: 20_000 }).toBe(before - 2);
  expect(calls).toHaveLength(1);
});

test('export the list as a file', async ({ as, api }) => {
  const { total } = await api('manager', 'GET', '/api/tickets?page=1&per_page=1');
  const page = await as('manager');
  await page.goto('/tickets');
  await page.getByRole('navigation', { name: 'Views' }).getByText('All tickets').click();
  await page.getByRole('button', { name: 'Export' }).click();
  const dialog = page.getByRole('dialog');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: /export|start|download/i }).first().click(),
  ]);
  const text = readFileSync(await download.path(), 'utf8');
  const lines = text.trim().split('\r\n');
  expect(lines[0]).toContain('Subject');
  expect(lines.length - 1).toBe(total);
  expect(text).toContain('Acme Client');
});
