// A server that dies is told in words, and the page goes on when it is back.
import { expect, test } from './test';

test('a dead server is shown and recovered from', async ({ as, server }) => {
  const page = await as('admin');
  await page.goto('/departments');
  await expect(page.getByRole('heading', { name: 'Departments' })).toBeVisible();
  await server.kill();
  try {
    await page.getByRole('menuitem', { name: /^Categories/ }).click();
    await expect(page.getByText('The server cannot be reached').first()).toBeVisible({ timeout: 30_000 });
  } finally {
    await server.start();
  }
  await expect(page.getByText('The server cannot be reached')).toHaveCount(0, { timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Categories' })).toBeVisible();
  await expect(page.getByText('Billing').or(page.getByRole('row').nth(1)).first()).toBeVisible();
});
