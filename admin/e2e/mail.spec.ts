// Mail that goes out: a wording with its preview, kept mail read here, and what may not be read.
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
