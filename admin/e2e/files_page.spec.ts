// The page of all files: for whom it is there, what it tells, and what is removed from it.
import { looksRight } from './own';
import { expect, test } from './test';
import { attached, choose, inTray, request, shownTo, text } from './uploads';

test('administrators see all files, where they hang, and remove them for good', async ({ as, api }) => {
  const client = await as('client');
  const address = await request(api, 'To be cleaned up');
  await client.goto(address);
  await client.getByLabel('Your answer').fill('Two more.');
  await choose(client, text('remove me.txt', 'x'), text('not yet.html', '<html>'));
  await expect(inTray(client, 'not yet.html')).toContainText('not');
  await client.getByRole('button', { name: 'Remove not yet.html' }).click();
  await client.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(shownTo(client, 'remove me.txt')).toBeVisible();

  const admin = await as('admin');
  await admin.goto('/');
  await admin.getByRole('menuitem', { name: /^Files/ }).click();
  const row = admin.getByRole('row').filter({ hasText: 'remove me.txt' });
  await expect(row).toContainText('Attached');
  await expect(row).toContainText('Acme Client');
  await expect(admin.getByText(/files take up/)).toBeVisible();
  await looksRight(admin);
  await row.getByRole('link', { name: /To be cleaned up/ }).click();
  await expect(shownTo(admin, 'remove me.txt')).toBeVisible();
  await admin.goBack();
  await admin.getByLabel('State').click();
  await admin.getByRole('option', { name: 'Kept back' }).click();
  await expect(row).toHaveCount(0);
  await admin.getByLabel('State').click();
  await admin.getByRole('option', { name: 'Ready' }).click();
  await row.getByRole('button', { name: 'Remove remove me.txt' }).click();
  await expect(admin.getByText('The message that carries it loses it')).toBeVisible();
  await admin.getByRole('button', { name: 'Remove for good' }).click();
  await expect(row).toHaveCount(0);

  // The page of the client was open all the time.
  await shownTo(client, 'remove me.txt').click();
  await expect(client.getByText('This file was removed.')).toBeVisible();
  await client.reload();
  await expect(client.getByText('Two more.')).toBeVisible();
  await expect(shownTo(client, 'remove me.txt')).toHaveCount(0);
});

test('managers look after files but remove only their own; agents and clients have no such page', async ({ as, api }) => {
  const client = await as('client');
  await client.goto(await request(api, 'Not of the manager'));
  await client.getByLabel('Your answer').fill('One file.');
  await choose(client, text('of the client.txt', 'x'));
  await attached(client, 'of the client.txt');
  await client.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(shownTo(client, 'of the client.txt')).toBeVisible();
  await expect(client.getByRole('menuitem', { name: /^Files/ })).toHaveCount(0);
  const manager = await as('manager');
  await manager.goto('/uploads');
  const row = manager.getByRole('row').filter({ hasText: 'of the client.txt' });
  await expect(row).toBeVisible();
  await expect(row.getByRole('button', { name: /^Download/ })).toBeVisible();
  await expect(row.getByRole('button', { name: /^Remove/ })).toHaveCount(0);
  const agent = await as('agent');
  await agent.goto('/');
  await expect(agent.getByRole('menuitem', { name: /^Tags/ })).toBeVisible();
  await expect(agent.getByRole('menuitem', { name: /^Files/ })).toHaveCount(0);
});
