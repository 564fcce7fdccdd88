// An operator steps into a company with a reason, is reminded of it, and finds it in that company's audit log.
import { expect, test } from './test';

test('act in a company, with a reason that its audit log shows', async ({ as }) => {
  const page = await as('operator');
  await page.goto('/');
  await expect(page).toHaveURL(/companies/);
  await page.getByRole('button', { name: /^Company: All companies/ }).click();
  await page.getByRole('combobox', { name: 'Find a company' }).fill('Acme');
  await page.getByRole('option', { name: /Acme/ }).click();
  const dialog = page.getByRole('dialog', { name: /^Act in Acme/ });
  await dialog.getByLabel('Reason').fill('Asked by telephone about ticket T-7');
  await dialog.getByRole('button', { name: 'Act in this company' }).click();

  await expect(page.getByText('You act in Acme')).toBeVisible();
  await expect(page.getByText('Asked by telephone about ticket T-7')).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^Tickets/ })).toBeVisible();
  await page.goto('/tags/create');
  await page.getByLabel('Name').fill('from-the-operator');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.goto('/audit_log');
  await expect(page.getByText('Asked by telephone about ticket T-7').nth(1)).toBeVisible();

  await page.getByRole('button', { name: 'Leave this company' }).click();
  await expect(page.getByText('You act in Acme')).toHaveCount(0);
  await expect(page.getByRole('menuitem', { name: /^Tickets/ })).toHaveCount(0);
});
