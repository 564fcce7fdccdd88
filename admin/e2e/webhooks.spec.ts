// Webhooks and Teams: added with a secret that is shown once, tried, failing and replayed, changed, removed.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { EVENTS } from '../src/integrations/events';
import { looksRight } from './own';
import { expect, test, type Heard } from './receiver';
import { PASSWORD } from './test';

const secretIn = (page: Page) => page.getByRole('dialog').getByRole('group', { name: 'Secret' });

/** Whether one of the signatures was made with the secret, as Standard Webhooks has it. */
function signedBy({ headers, body }: Heard, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${JSON.stringify(body)}`;
  const signature = `v1,${createHmac('sha256', key).update(text).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(signature);
}

/** Has the server ask for the password once, as it does when the last proof is old. */
async function askOnce(page: Page, path: string): Promise<void> {
  await page.route(
    `**${path}`,
    route => {
      const problem = { code: 'insufficient_user_authentication', status: 401, title: 'Proof needed', message: 'Proof needed' };
      return route.request().method() === 'POST'
        ? route.fulfill({ status: 401, contentType: 'application/problem+json', body: JSON.stringify(problem) })
        : route.fallback();
    },
    { times: 1 }
  );
}

async function prove(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ has: page.getByLabel('Password') });
  await dialog.getByLabel('Password').fill(PASSWORD);
  await page.keyboard.press('Enter');
}

test('add a webhook, keep its secret, try it, change the secret', async ({ as, receiver }) => {
  test.setTimeout(120_000);
  const page = await as('admin');
  await page.goto('/webhooks');
  await expect(page.getByText('No webhooks yet')).toBeVisible();
  await page.getByRole('menuitem', { name: /^Webhooks/ }).click();
  await page.getByRole('link', { name: 'New webhook' }).first().click();

  await test.step('what cannot be called is refused at the field', async () => {
    await page.getByLabel('Name').fill('CRM');
    const address = page.getByLabel('Address');
    await address.fill('https://10.1.2.3/hook');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await expect(page.getByText('Choose at least one.')).toBeVisible();
    const tickets = page.getByRole('group', { name: 'Tickets', exact: true });
    await tickets.getByLabel('Ticket filed').check();
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await expect(address).toHaveAttribute('aria-invalid', 'true');
    await expect(address).toHaveAccessibleDescription('The host is no address that may be connected to.');
    await address.fill('http://hooks.example.com/hook');
    await page.getByRole('button', { name: 'Add webhook' }).click();
    await expect(address).toHaveAccessibleDescription('Only https addresses can be called.');
  });

  await test.step('private notes are warned of', async () => {
    await expect(page.getByText('Private notes leave Stoa')).toHaveCount(0);
    await page.getByLabel('Private notes too').check();
    await expect(page.getByText('Private notes leave Stoa')).toBeVisible();
    await page.getByLabel('Private notes too').uncheck();
  });

  await page.getByLabel('Address').fill(receiver.url('/crm'));
  await askOnce(page, '/api/webhooks');
  await page.getByRole('button', { name: 'Add webhook' }).click();
  await prove(page);
  await expect(page.getByText('It is shown only now')).toBeVisible();
  const secret = (await secretIn(page).textContent())!.trim();
  expect(secret).toMatch(/^whsec_[0-9A-Za-z+/]{43}=$/);
  await page.keyboard.press('Escape');
  await page.mouse.click(5, 5);
  await expect(secretIn(page)).toBeVisible();
  await page.getByRole('button', { name: 'I have copied it' }).click();

  await test.step('the secret is nowhere any more', async () => {
    await expect(page.getByRole('heading', { name: 'Health' })).toBeVisible();
    expect(await page.content()).not.toContain(secret);
    const stored = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }]));
    expect(stored).not.toContain(secret);
    await page.reload();
    await expect(page.getByText('Not used yet')).toBeVisible();
    expect(await page.content()).not.toContain(secret);
  });

  await test.step('a test shows what the receiver answers, and nothing in it is more than text', async () => {
    receiver.answer('/crm', { status: 500, text: '<img src=x onerror="window.injected=1">no such table' });
    await page.getByRole('button', { name: 'Send test' }).click();
    const status = page.getByRole('status').filter({ hasText: 'no such table' });
    await expect(status.getByText('Failed', { exact: true })).toBeVisible();
    await expect(status.getByText(/^500/)).toBeVisible();
    expect(await page.evaluate(() => 'injected' in window)).toBe(false);
    receiver.answer('/crm', { status: 202, text: 'taken' });
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect(page.getByRole('status').filter({ hasText: 'taken' }).getByText('Delivered')).toBeVisible();
    expect(receiver.at('/crm').map(one => one.body.type)).toEqual(['webhook.test', 'webhook.test']);
    expect(receiver.at('/crm').every(one => signedBy(one, secret))).toBe(true);
  });
  await looksRight(page);

  await test.step('for a day both secrets sign', async () => {
    await page.getByRole('button', { name: 'Change secret' }).click();
    await expect(page.getByRole('dialog').getByText('For 24 hours events are signed with both')).toBeVisible();
    await askOnce(page, '/rotate_secret');
    await page.getByRole('dialog').getByRole('button', { name: 'Change secret' }).click();
    await prove(page);
    await expect(secretIn(page)).toBeVisible();
    const next = (await secretIn(page).textContent())!.trim();
    expect(next).not.toBe(secret);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await expect(page.getByText(/^Two secrets sign until/)).toBeVisible();
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect.poll(() => receiver.at('/crm').length).toBe(3);
    const [last] = receiver.at('/crm').slice(-1);
    expect([secret, next].map(one => signedBy(last!, one))).toEqual([true, true]);
  });
});

test('a delivery fails, is looked at, and is replayed', async ({ as, api, receiver }) => {
  test.setTimeout(120_000);
  receiver.answer('/billing', { status: 422, text: 'unknown field' });
  await api('admin', 'POST', '/api/webhooks', {
    name: 'Billing',
    url: receiver.url('/billing'),
    events: ['ticket.created'],
  });
  const subject = 'The total is wrong';
  const ticket = await api('client', 'POST', '/api/tickets', { subject, description: 'By ten' });
  const page = await as('admin');
  await page.goto('/webhooks');
  await expect(page.getByRole('row', { name: /Billing/ }).getByText('Failing')).toBeVisible();
  await page.getByRole('link', { name: 'What was sent' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Billing' });
  await expect(row.getByText('Failed', { exact: true })).toBeVisible();
  await expect(row.getByText(/^422/)).toBeVisible();
  await expect(row.getByRole('link', { name: ticket.reference })).toBeVisible();
  await row.getByRole('link', { name: 'Ticket filed' }).click();
  await expect(page.getByText('It is not sent again by itself.')).toBeVisible();
  await expect(page.getByText('unknown field')).toBeVisible();
  await expect(page.getByRole('link', { name: `${ticket.reference} ${subject}` })).toBeVisible();
  await looksRight(page);

  receiver.answer('/billing', { status: 200, text: 'thanks' });
  await page.getByRole('button', { name: 'Replay' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Replay' }).click();
  await expect(page.getByText('The receiver has it.')).toBeVisible();
  await expect(page.getByText('thanks')).toBeVisible();
  await expect(page.getByText('It repeats')).toBeVisible();
  const [first, second] = receiver.at('/billing');
  expect(second!.headers['webhook-id']).toBe(first!.headers['webhook-id']);
  expect(second!.body).toEqual(first!.body);

  await test.step('only of one webhook', async () => {
    await page.goto('/webhook_deliveries');
    await page.getByLabel('State').click();
    await page.getByRole('option', { name: 'Failed' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Billing' })).toHaveCount(1);
    await page.getByLabel('State').click();
    await page.getByRole('option', { name: 'Cancelled' }).click();
    await expect(page.getByText('Nothing matches')).toBeVisible();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect(page.getByRole('row').filter({ hasText: 'Billing' })).toHaveCount(2);
  });
});

test('a receiver that is gone is switched off, says why, and is switched on again', async ({ as, api, receiver }) => {
  receiver.answer('/gone', { status: 410 });
  const hook = await api('admin', 'POST', '/api/webhooks', {
    name: 'Old bridge',
    url: receiver.url('/gone'),
    events: ['ticket.created'],
  });
  await api('client', 'POST', '/api/tickets', { subject: 'Anything', description: 'At all' });
  const page = await as('admin');
  await expect.poll(async () => (await api('admin', 'GET', `/api/webhooks/${hook.id}`)).is_active).toBe(false);
  await page.goto('/webhooks');
  await page.getByRole('row', { name: /Old bridge/ }).click();
  await expect(page.getByText('The receiver answered 410: it is gone for good.')).toBeVisible();
  await page.getByRole('button', { name: 'Switch on again' }).click();
  await expect(page.getByText('Not used yet')).toBeVisible();
  await expect(page.getByLabel('In use')).toBeChecked();

  await page.getByLabel('Description').fill('Replaced by the new one');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('“Old bridge” is in the trash')).toBeVisible();
  await expect(page.getByRole('row', { name: /Old bridge/ })).toHaveCount(0);
});

test('connect a channel of Teams, try it, keep its address', async ({ as, receiver }) => {
  const page = await as('admin');
  await page.goto('/teams_connections');
  await expect(page.getByText('No channel is told yet')).toBeVisible();
  await page.getByRole('link', { name: 'New connection' }).first().click();
  await expect(page.getByText('How to get the address in Teams')).toBeVisible();
  await page.getByLabel('Name').fill('Support channel');
  await page.getByLabel('Channel', { exact: true }).fill('Support > General');
  const address = page.getByLabel('Address of the workflow');
  await address.fill('https://example.com/workflow');
  await page.getByRole('group', { name: 'Messages', exact: true }).getByLabel('Messages: All').check();
  await page.getByRole('button', { name: 'Add connection' }).click();
  await expect(address).toHaveAccessibleDescription(/Only webhooks of workflows in Microsoft Teams are called/);
  await address.fill(receiver.url('/teams?sig=secret-of-the-workflow'));
  await page.getByRole('button', { name: 'Add connection' }).click();
  await expect(page.getByText('“Support channel” was added')).toBeVisible();
  await expect(page.getByText('An address on 127.0.0.2 is kept.')).toBeVisible();
  await expect(page.getByLabel('Message redacted')).toBeChecked();

  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText('The workflow has taken the card.')).toBeVisible();
  receiver.answer('/teams?sig=secret-of-the-workflow', { status: 403 });
  await page.getByRole('button', { name: 'Send test' }).click();
  await expect(page.getByText('The card did not arrive: The workflow answered 403.')).toBeVisible();

  await test.step('what is typed into the address does not stay there', async () => {
    await page.getByLabel('Another address of the workflow').fill(receiver.url('/other?sig=next-secret'));
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(page.getByLabel('Another address of the workflow')).toHaveValue('');
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect(page.getByText('The workflow has taken the card.')).toBeVisible();
    expect(receiver.at('/other?sig=next-secret')).toHaveLength(1);
  });

  await test.step('and it is kept when something else is changed', async () => {
    await page.getByLabel('Urgent').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled();
    await page.getByRole('button', { name: 'Send test' }).click();
    await expect.poll(() => receiver.at('/other?sig=next-secret').length).toBe(2);
  });
  expect(await page.content()).not.toContain('next-secret');
  await looksRight(page);
});

test('who may not see webhooks finds no way to them', async ({ as }) => {
  const page = await as('manager');
  for (const path of ['/webhooks', '/webhook_deliveries', '/teams_connections', '/webhooks/create']) {
    await page.goto(path);
    await expect(page.getByText(/access denied|not allowed|may not|have no right/i).first()).toBeVisible();
  }
  await expect(page.getByRole('menuitem', { name: /^(Webhooks|Microsoft Teams|Jobs)/ })).toHaveCount(0);
  await expect(page.getByRole('menuitem', { name: /^People/ })).toBeVisible();
});

test('the picker offers the events of the server, no more and no less', async ({ server }) => {
  const document = await (await fetch(`${server.url}/api/openapi.json`)).json();
  const admitted = document.components.schemas.NewWebhook.properties.events.items.enum as string[];
  expect(EVENTS.toSorted()).toEqual(admitted.toSorted());
});

test('all of it fits a phone', async ({ as, api, receiver }) => {
  await api('admin', 'POST', '/api/webhooks', {
    name: 'A name that is so long that it has to be broken somewhere',
    url: receiver.url(`/${'long/'.repeat(30)}`),
    events: ['ticket.created', 'message.added'],
  });
  const page = await as('admin', { phone: true });
  for (const path of ['/webhooks', '/webhook_deliveries', '/teams_connections', '/webhooks/create', '/teams_connections/create']) {
    await page.goto(path);
    await expect(page.locator('.MuiSkeleton-root')).toHaveCount(0);
    await expect(page.getByRole('button', { name: /^(Open|Close) menu/ })).toBeVisible();
    await looksRight(page);
  }
});
