// A request on its way: filed by a client, found, assigned, answered, noted and solved by staff, read by the client.
import { expect, test } from './test';

const SUBJECT = 'The espresso machine speaks Latin';
const REPLY = 'Please hold the left button for ten seconds.';
const NOTE = 'Seen twice this week, ask the workshop.';

test('a ticket from the client to solved, with a note that the client never sees', async ({ as }) => {
  test.setTimeout(120_000);
  const client = await as('client');
  await client.goto('/tickets');
  await client.getByRole('link', { name: 'New request' }).first().click();
  await client.getByLabel('Subject').fill(SUBJECT);
  await client.getByLabel('Description').fill('It greets me with salve every morning.');
  await client.getByRole('button', { name: 'Send request' }).click();
  await expect(client.getByRole('heading', { name: SUBJECT })).toBeVisible();

  const staff = await as('manager');
  await staff.goto('/tickets');
  await staff.keyboard.press('/');
  await staff.getByLabel('Search tickets and messages').fill('espresso');
  await staff.keyboard.press('Enter');
  await staff.getByText(SUBJECT).first().click();
  await expect(staff.getByText('It greets me with salve every morning.')).toBeVisible();
  await staff.getByRole('button', { name: 'Take it' }).click();
  await expect(staff.getByRole('button', { name: 'Take it' })).toHaveCount(0);

  const write = staff.getByRole('region', { name: 'Write' });
  await write.getByRole('tab', { name: 'Private note' }).click();
  await write.getByRole('textbox', { name: 'Private note' }).fill(NOTE);
  await write.getByRole('button', { name: 'Add note' }).click();
  const conversation = staff.getByRole('region', { name: 'Conversation' });
  await expect(conversation.getByText(NOTE)).toBeVisible();

  await write.getByRole('tab', { name: 'Public reply' }).click();
  await write.getByRole('textbox', { name: 'Public reply' }).fill(REPLY);
  await staff.keyboard.press('Control+Shift+Enter');
  await expect(conversation.getByText(REPLY)).toBeVisible();
  await expect(staff.getByText('Solved', { exact: true }).first()).toBeVisible();

  // The client's page is still open: what concerns the client arrives by itself.
  await expect(client.getByText(REPLY)).toBeVisible();
  await expect(client.getByText('Solved').first()).toBeVisible();
  await client.reload();
  await expect(client.getByText(REPLY)).toBeVisible();
  expect(await client.content()).not.toContain(NOTE);
  await client.goto('/tickets');
  await client.getByLabel('Search your requests').fill('workshop');
  await client.keyboard.press('Enter');
  await expect(client.getByText('Nothing was found')).toBeVisible();
});

test('a half-written answer survives a reload', async ({ as, api }) => {
  const { data } = await api('agent', 'GET', '/api/tickets?page=1&per_page=1&filter={"status":"open"}');
  const page = await as('agent');
  await page.goto(`/tickets/${data[0].id}/show`);
  const text = page.getByRole('region', { name: 'Write' }).getByRole('textbox');
  await text.fill('Half a thought');
  await expect(async () => {
    expect(await page.evaluate(() => JSON.stringify(localStorage))).toContain('Half a thought');
  }).toPass();
  await page.reload();
  await expect(text).toHaveValue('Half a thought');
  await page.getByRole('button', { name: 'Discard' }).click();
  await expect(text).toHaveValue('');
});

test('somebody else at work on the same ticket is told', async ({ as, api }) => {
  const { data } = await api('agent', 'GET', '/api/tickets?page=1&per_page=1&filter={"status":"open"}');
  const [agent, manager] = [await as('agent'), await as('manager')];
  await manager.goto(`/tickets/${data[0].id}/show`);
  await manager.getByRole('region', { name: 'Write' }).getByRole('textbox').fill('I answer this');
  await agent.goto(`/tickets/${data[0].id}/show`);
  await expect(agent.getByText('Acme Manager is writing')).toBeVisible({ timeout: 30_000 });
});

test('back and forward keep the list as it was', async ({ as }) => {
  const page = await as('manager');
  await page.goto('/tickets');
  await page.getByRole('button', { name: /^All tickets/ }).or(page.getByRole('link', { name: /^All tickets/ })).first().click();
  await page.getByRole('button', { name: 'Go to next page' }).click();
  // The address follows the click a little later.
  await expect(page).toHaveURL(/[?&]page=2\b/);
  const row = page.getByRole('row').nth(3);
  await expect(row).toBeVisible();
  const address = page.url();
  await row.getByText(/^T-\d+/).first().click();
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible();
  await page.goBack();
  await expect(page).toHaveURL(address);
  await expect(page.getByRole('region', { name: 'Conversation' })).toHaveCount(0);
  await page.goForward();
  await expect(page.getByRole('region', { name: 'Conversation' })).toBeVisible();
});
