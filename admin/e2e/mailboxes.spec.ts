// A mailbox from its first mistake to its end: servers, signature, signed address, and the mail that comes by it.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { looksRight } from './own';
import { expect, test } from './test';

interface Hook {
  url: string;
  secret: string;
}

/** Delivers a mail to the signed address, as a mail server would. */
async function deliver({ url, secret }: Hook, lines: string[]): Promise<number> {
  const raw = `${lines.join('\r\n')}\r\n`;
  const at = Math.floor(Date.now() / 1000);
  const sign = createHmac('sha256', secret).update(`${at}.${raw}`).digest('hex');
  const headers = { 'stoa-signature': `t=${at},v1=${sign}`, 'content-type': 'message/rfc822' };
  return (await fetch(url, { method: 'POST', headers, body: raw })).status;
}

const secret = (page: Page, name: string) =>
  page.getByRole('dialog').getByRole('group', { name, exact: true }).textContent();

test('a mailbox is set up with mistakes and then right; mail to it becomes a ticket', async ({ as, api }) => {
  test.setTimeout(240_000);
  const page = await as('admin');
  await page.goto('/mailboxes/create');
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('help at acme');
  await page.getByLabel('Send by a server of its own').check();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('“help at acme” is not an e-mail address.')).toBeVisible();
  await page.getByRole('textbox', { name: 'Address', exact: true }).fill('helpline@acme.example');
  await page.getByLabel('Server *').fill('mail server');
  await page.getByLabel('User name').fill('helpline');
  await page.getByLabel('Password', { exact: true }).fill('secret-of-the-server');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText(/a host name or an address/).first()).toBeVisible();
  await page.getByLabel('Server *').fill('smtp.acme.example');
  await page.getByLabel('Protection').click();
  await page.getByRole('option', { name: 'TLS from the first byte' }).click();
  await expect(page.getByLabel('Port')).toHaveValue('465');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('How it stands')).toBeVisible();
  await expect(page.getByText('Nothing comes in yet.')).toBeVisible();

  await test.step('its password is nowhere, and another server does not get it', async () => {
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
    expect(await page.content()).not.toContain('secret-of-the-server');
    await page.getByLabel('Server *').fill('other.acme.example');
    await expect(page.getByText('The stored one goes to no other server.')).toBeVisible();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Give the password again, as the server or its user changed.')).toBeVisible();
    await page.getByLabel('Password', { exact: true }).fill('another-secret');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved', { exact: true })).toBeVisible();
    await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  });

  await page.getByRole('button', { name: 'Test the servers' }).click();
  await expect(page.getByRole('status').getByText(/SMTP/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Error', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Make a key' }).click();
  await page.getByRole('dialog').getByLabel('Name of the key').fill('no good!');
  await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
  await expect(page.getByRole('dialog').getByText(/letters, digits and hyphens/i).last()).toBeVisible();
  await page.getByRole('dialog').getByLabel('Name of the key').fill('spring');
  await page.getByRole('dialog').getByRole('button', { name: 'Make a key' }).click();
  await expect(page.getByLabel('Name of the record')).toHaveValue('spring._domainkey.acme.example', { timeout: 30_000 });
  await expect(page.getByLabel('Value')).toHaveValue(/^v=DKIM1/);

  await page.getByRole('button', { name: 'Make an address' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make an address' }).click();
  await expect(page.getByRole('dialog').getByText('Both are shown only now.')).toBeVisible();
  const hook = { url: (await secret(page, 'Address'))!, secret: (await secret(page, 'Key'))! };
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: 'I have copied both' }).click();
  expect(await page.content()).not.toContain(hook.secret);
  await looksRight(page);

  const head = (from: string, subject: string, id: string) => [
    `From: ${from}`,
    'To: helpline@acme.example',
    `Subject: ${subject}`,
    `Message-ID: <${id}@e2e.example>`,
  ];
  const mime = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', ''];
  const body = ['--b', 'Content-Type: text/plain', '', 'The heating is cold.', '--b'];
  const file = ['Content-Type: text/csv', 'Content-Disposition: attachment; filename="rooms.csv"', '', 'room,2', '--b--'];
  const first = [...head('Acme Client <client@acme.example>', 'Cold heating', 'first'), ...mime, ...body, ...file];
  expect(await deliver({ ...hook, secret: 'wrong' }, first)).toBe(401);
  expect(await deliver(hook, first)).toBe(202);
  const robot = [...head('robot@elsewhere.example', 'Away', 'robot'), 'Auto-Submitted: auto-replied', '', 'Away.'];
  expect(await deliver(hook, robot)).toBe(202);
  const quoting = [
    ...head('Acme Client <client@acme.example>', 'Re: Cold heating', 'second'),
    'In-Reply-To: <first@e2e.example>',
    '',
    'Still cold.',
    '',
    'On Tue, 1 Dec 2026 Acme Client <client@acme.example> wrote:',
    '> The heating is cold.',
  ];
  await expect
    .poll(async () => (await api('admin', 'GET', '/api/inbound_emails?per_page=50')).data.filter(
      (one: { state: string }) => one.state !== 'received').length, { timeout: 30_000 })
    .toBe(2);
  expect(await deliver(hook, quoting)).toBe(202);

  await test.step('what became of each is told in words', async () => {
    await page.getByRole('link', { name: 'Mail that came in' }).click();
    await page.getByRole('link', { name: 'Away' }).click();
    await expect(page.getByText('A program wrote it as an automatic answer.')).toBeVisible();
    await page.getByRole('button', { name: 'Look at it again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Look at it again' }).click();
    await expect(page.getByText('It is looked at again')).toBeVisible();
    await page.goto('/inbound_emails');
    await page.getByRole('link', { name: 'Cold heating', exact: true }).click();
    await expect(page.getByText('It answers nothing that is known, so it opened a ticket.')).toBeVisible();
    await expect(page.getByText('The heating is cold.')).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download as it came' }).click();
    expect((await download).suggestedFilename()).toBe('Cold-heating.eml');
    await looksRight(page);
  });

  await test.step('its ticket shows the mail, its file and what it quotes', async () => {
    await page.getByRole('link', { name: /Cold heating/ }).click();
    const opening = page.getByRole('article').first();
    const download = page.waitForEvent('download');
    await opening.getByRole('button', { name: 'Download rooms.csv' }).click();
    expect((await download).suggestedFilename()).toBe('rooms.csv');
    await opening.getByRole('button', { name: 'Mail details' }).click();
    await expect(opening.getByText('helpline@acme.example')).toBeVisible();
    await page.reload();
    const answer = page.getByRole('article').filter({ hasText: 'Still cold.' });
    await answer.getByRole('button', { name: 'Show quoted text' }).click();
    await expect(answer.getByText('The heating is cold.')).toBeVisible();
    await expect(page.getByRole('link', { name: '2 mails came in' })).toBeVisible();
    await looksRight(page);
  });

  await test.step('a mail that comes back marks the message, and its address until it is released', async () => {
    const ticket = page.url().split('/').at(-2)!;
    // Its server does not exist: mail would wait for it. Without one it goes by that of the platform.
    await page.goto('/mailboxes');
    await page.getByRole('link', { name: 'helpline@acme.example' }).click();
    await page.getByLabel('Send by a server of its own').uncheck();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('by the server of the platform', { exact: true })).toBeVisible();
    const said = await api('agent', 'POST', `/api/tickets/${ticket}/messages`, { body: 'A plumber comes.', kind: 'public_reply' });
    const filter = encodeURIComponent(JSON.stringify({ ticket_id: ticket, to: 'client@acme.example' }));
    const sent = async () =>
      (await api('admin', 'GET', `/api/outbound_emails?filter=${filter}`)).data.find(
        (one: { message_id: string; internet_message_id: string | null }) =>
          one.message_id === said.id && one.internet_message_id,
      );
    await expect.poll(sent, { timeout: 30_000 }).toBeTruthy();
    const report = [
      ...head('mailer-daemon@elsewhere.example', 'Undelivered', 'report'),
      'MIME-Version: 1.0',
      'Content-Type: multipart/report; report-type=delivery-status; boundary="r"',
      '',
      ...['--r', 'Content-Type: text/plain', '', 'No such user.'],
      ...['--r', 'Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', ''],
      ...['Final-Recipient: rfc822; client@acme.example', 'Action: failed', 'Status: 5.1.1'],
      ...['Diagnostic-Code: smtp; 550 no such mailbox', ''],
      ...['--r', 'Content-Type: message/rfc822-headers', '', `Message-ID: ${(await sent()).internet_message_id}`, '', '--r--'],
    ];
    expect(await deliver(hook, report)).toBe(202);
    await page.goto(`/tickets/${ticket}/show`);
    const message = page.getByRole('article').filter({ hasText: 'A plumber comes.' });
    await expect(async () => {
      await page.reload();
      await expect(message.getByText('Not delivered')).toBeVisible({ timeout: 3000 });
    }).toPass({ timeout: 30_000 });
    await expect(message.getByText('550 no such mailbox')).toBeVisible();
    await page.goto('/email_recipients');
    const row = page.getByRole('row').filter({ hasText: 'client@acme.example' });
    await expect(row.getByText('Gets nothing')).toBeVisible();
    await row.getByRole('button', { name: 'Release' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Release' }).click();
    await expect(row.getByText('Gets mail')).toBeVisible();
    await expect(row.getByRole('button', { name: 'Release' })).toHaveCount(0);
  });

  const manager = await as('manager');
  await manager.goto('/mailboxes');
  await manager.getByRole('link', { name: 'helpline@acme.example' }).click();
  await expect(manager.getByText('How it stands')).toBeVisible();
  await expect(manager.getByRole('button', { name: /Save|Test the servers|Make|Replace|End|Delete/ })).toHaveCount(0);
  await expect(manager.getByText('other.acme.example')).toHaveCount(0);

  await page.goto('/mailboxes');
  await page.getByRole('link', { name: 'helpline@acme.example' }).click();
  await page.getByRole('button', { name: 'End', exact: true }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click();
  await expect(page.getByText('The signed address has ended')).toBeVisible();
  expect(await deliver(hook, robot)).toBe(401);
  await page.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('“helpline@acme.example” is in the trash')).toBeVisible();
});
