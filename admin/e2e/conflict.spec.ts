// Two people change the same record at the same time: nothing is lost, and whoever comes second decides.
import { expect, test } from './test';

test('the second of two changes is asked, and may take theirs or keep its own', async ({ as, api }) => {
  const tag = await api('admin', 'POST', '/api/tags', { name: `conflict-${Date.now()}` });
  const [one, two] = [await as('admin'), await as('manager')];
  for (const page of [one, two]) {
    await page.goto(`/tags/${tag.id}`);
    await expect(page.getByLabel('Name')).toHaveValue(tag.name);
  }
  await one.getByLabel('Name').fill('from-the-first');
  await one.getByRole('button', { name: 'Save' }).click();
  await expect.poll(async () => (await api('admin', 'GET', `/api/tags/${tag.id}`)).name).toBe('from-the-first');

  await two.getByLabel('Name').fill('from-the-second');
  await two.getByLabel('Description').fill('Only the second wrote this');
  await two.getByRole('button', { name: 'Save' }).click();
  const dialog = two.getByRole('dialog', { name: 'Somebody else changed this meanwhile' });
  await expect(dialog.getByText('from-the-first')).toBeVisible();
  await expect(dialog.getByText('from-the-second')).toBeVisible();

  // Back to the form: nothing is saved and nothing typed is lost.
  await dialog.getByRole('button', { name: 'Back to the form' }).click();
  await expect(two.getByLabel('Name')).toHaveValue('from-the-second');
  expect((await api('admin', 'GET', `/api/tags/${tag.id}`)).description ?? null).toBeNull();

  await two.getByRole('button', { name: 'Save' }).click();
  await dialog.getByRole('radio', { name: /^Take yours/ }).check();
  await dialog.getByRole('button', { name: 'Save this' }).click();
  await expect.poll(async () => (await api('admin', 'GET', `/api/tags/${tag.id}`)).name).toBe('from-the-second');
  const stored = await api('admin', 'GET', `/api/tags/${tag.id}`);
  expect(stored.description).toBe('Only the second wrote this');
});

test('changes of different fields of a ticket are both kept, without a question', async ({ as, api }) => {
  const ticket = await api('admin', 'POST', '/api/tickets', { subject: 'Two hands at once' });
  const page = await as('agent');
  await page.goto(`/tickets/${ticket.id}/show`);
  await expect(page.getByText('Two hands at once').first()).toBeVisible();
  await api('manager', 'PATCH', `/api/tickets/${ticket.id}`, { kind: 'incident' });
  await page.getByRole('combobox', { name: 'Priority' }).click();
  await page.getByRole('option', { name: 'Urgent' }).click();
  await expect.poll(async () => (await api('admin', 'GET', `/api/tickets/${ticket.id}`)).priority).toBe('urgent');
  expect((await api('admin', 'GET', `/api/tickets/${ticket.id}`)).kind).toBe('incident');
});
