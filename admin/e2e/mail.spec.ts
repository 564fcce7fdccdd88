// Mail: a wording with its preview, kept mail read here, mailboxes with their mistakes, mail that comes in.
import { createHmac } from 'node:crypto';
import type { Page } from '@playwright/test';
import { looksRight } from './own';
import { expect, test } from './test';


/** Puts the page aside when a form asks before it is left. */
function staying(page: Page): { asked: () => number } {
  let count = 0;
  page.on('dialog', dialog => {
    count += 1;
    void dialog.dismiss();
  });
  return { asked: () => count };
}

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

test('word a mail, see what comes of it while writing, publish it, take it back', async ({ as, api }) => {
  test.setTimeout(120_000);
  const page = await as('admin');
  await page.goto('/email_templates');
  await page.getByRole('button', { name: 'Look at it: A ticket got an answer, English' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('Re: [ACME-123] Printer on fire')).toBeVisible();
  await expect(dialog.frameLocator('iframe').getByText('It burns again.')).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Word it yourself: A ticket got an answer, English' }).click();
  await expect(page.getByText('Nobody gets this yet.')).toBeVisible();

  const html = page.getByLabel('HTML');
  const frame = page.frameLocator('iframe');
  await expect(frame.getByText('Grace Hopper')).toBeVisible();
  await html.fill('<p>Good day {{ recipient_name }},</p>\n<p>{{ message.body | lines }}</p><script>parent.x = 1</script>');
  await expect(frame.getByText('Good day Acme Admin,')).toBeVisible();
  await page.getByRole('tab', { name: 'Plain text' }).click();
  await expect(page.locator('pre').filter({ hasText: 'Good day Acme Admin,' })).toBeVisible();
  await page.getByRole('tab', { name: 'Formatted' }).click();
  expect(await page.evaluate(() => (window as unknown as { x?: number }).x), 'nothing of a mail runs').toBeUndefined();

  await test.step('a wrong variable is told where it stands, while writing and when saving', async () => {
    await html.fill('<p>Good day</p>\n<p>{{ ticket.notes }}</p>');
    await expect(page.getByText('Line 2, column 7: There is no variable `ticket.notes` here')).toBeVisible();
    await expect(page.getByText('The preview waits until the faults are gone.')).toBeVisible();
    await page.getByRole('button', { name: 'Go there: 2, 7' }).click();
    const at = await html.evaluate(field => (field as HTMLTextAreaElement).selectionStart);
    expect((await html.inputValue()).slice(at, at + 12)).toBe('ticket.notes');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('This was not saved:')).toBeVisible();
    await expect(html).toHaveAttribute('aria-invalid', 'true');
    await looksRight(page);
  });

  await test.step('who leaves is asked', async () => {
    const { asked } = staying(page);
    await page.getByRole('menuitem', { name: 'Mailboxes' }).click();
    await expect.poll(asked).toBe(1);
    await expect(html).toBeVisible();
    page.removeAllListeners('dialog');
  });

  await html.fill('<p>Good day,</p>\n<p>{{ message.body }}</p>\n<p></p>');
  await html.press('End');
  await html.press('ArrowLeft');
  await html.press('ArrowLeft');
  await html.press('ArrowLeft');
  await html.press('ArrowLeft');
  await page.getByRole('button', { name: /^Insert company:/ }).click();
  await expect(html).toHaveValue('<p>Good day,</p>\n<p>{{ message.body }}</p>\n<p>{{ company }}</p>');
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await test.step('with a real ticket', async () => {
    const { data } = await api('admin', 'GET', '/api/tickets?per_page=1&sort=-created_at');
    await page.getByLabel('With the values of a ticket').fill(data[0].reference);
    await page.getByRole('option', { name: data[0].reference }).click();
    await expect(page.getByTestId('mail-subject')).toContainText(data[0].reference);
  });

  await page.getByRole('button', { name: 'Send a test to me' }).click();
  await expect(page.getByText('A test is on its way to admin@acme.example')).toBeVisible();

  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('This is what is sent, as version 1.')).toBeVisible();
  await html.fill('<p>Second: {{ message.body }}</p>');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Version 1 is sent. What was changed since is a draft.')).toBeVisible();
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByText('This is what is sent, as version 2.')).toBeVisible();
  await page.getByRole('listitem').filter({ hasText: 'Version 1' }).getByRole('button', { name: 'Take back' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
  await expect(html).toHaveValue(/Good day,/);
  await expect(page.getByText('Version 2 is sent. What was changed since is a draft.')).toBeVisible();
});

test('a manager changes a wording but does not publish it; an agent reads it', async ({ as, api }) => {
  const made = await api('admin', 'POST', '/api/email_templates', {
    key: 'ticket_status',
    locale: 'fr',
    subject: '{{ ticket.reference }}',
    html: '<p>Bonjour {{ recipient_name }}</p>',
  });
  const manager = await as('manager');
  await manager.goto('/email_templates');
  await expect(manager.getByText('A ticket got an answer')).toBeVisible();
  await expect(manager.getByRole('button', { name: /Word it yourself|another language/ })).toHaveCount(0);
  await manager.getByRole('link', { name: 'Edit: The status of a ticket changed, French' }).click();
  await manager.getByLabel('HTML').fill('<p>Salut {{ recipient_name }}</p>');
  await expect(manager.frameLocator('iframe').getByText('Salut Acme Manager')).toBeVisible();
  await manager.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(manager.getByText('Saved', { exact: true })).toBeVisible();
  await expect(manager.getByText('An administrator publishes it.')).toBeVisible();
  await expect(manager.getByRole('button', { name: 'Publish' })).toHaveCount(0);
  await expect(manager.getByRole('button', { name: 'Delete' })).toHaveCount(0);
  await expect(manager.getByRole('menuitem', { name: 'Outgoing mail' })).toHaveCount(0);
  const agent = await as('agent');
  await agent.goto(`/email_templates/${made.id}`);
  await expect(agent.getByText('<p>Salut {{ recipient_name }}</p>')).toBeVisible();
  await expect(agent.getByRole('button', { name: 'Save', exact: true })).toHaveCount(0);
  await expect(agent.getByRole('menuitem', { name: 'Mailboxes' })).toHaveCount(0);
});

test('a mail that was kept for want of a server is read here', async ({ as, api }) => {
  const { data } = await api('admin', 'GET', '/api/tickets?per_page=20&sort=-created_at');
  const ticket = data.find((one: { status: string }) => one.status === 'open');
  await api('agent', 'POST', `/api/tickets/${ticket.id}/messages`, {
    body: 'The parcel leaves tomorrow at nine.',
    kind: 'public_reply',
  });
  const page = await as('admin');
  await page.goto(`/tickets/${ticket.id}/show`);
  const message = page.getByRole('article').filter({ hasText: 'The parcel leaves tomorrow' });
  await expect(message.getByText('Kept here').first()).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: /mails? went out/ }).click();
  await expect(page.getByText('No mail leaves this server')).toBeVisible();
  await page.getByRole('link', { name: new RegExp(`Re: \\[${ticket.reference}\\]`) }).first().click();
  await expect(page.getByTestId('mail-subject')).toContainText(ticket.reference);
  await expect(page.frameLocator('iframe').getByText('The parcel leaves tomorrow at nine.')).toBeVisible();
  await page.getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByRole('dialog').getByText('As long as no mail server is configured')).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click();
  await expect(page.getByText('It waits to be sent')).toBeVisible();
  await looksRight(page);
});

test('a mail with a credential says why it is not shown', async ({ as, api }) => {
  const email = `sealed${Date.now()}@acme.example`;
  await api('admin', 'POST', '/api/users', { email, name: 'Sealed Mail', role: 'client' });
  const page = await as('admin');
  await page.goto('/outbound_emails');
  await page.getByLabel('Exact address').fill(email.toUpperCase());
  await expect(page.getByText('1-1 of 1')).toBeVisible();
  await page.getByRole('link', { name: /invites you/ }).click();
  await expect(page.getByText('Only its recipient may read it')).toBeVisible();
  await expect(page.locator('iframe')).toHaveCount(0);
});

test('a mailbox is set up with mistakes and then right; mail to it becomes a ticket', async ({ as, api }) => {
  test.setTimeout(150_000);
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
