// Files: attached by clients and staff, shown and saved, refused in words, stopped in the middle, found after a reload.
import type { Page } from '@playwright/test';
import { looksRight } from './own';
import { expect, test } from './test';
import {
  attached,
  choose,
  drag,
  heavy,
  inTray,
  paste,
  picture,
  request,
  saved,
  shownTo,
  text,
  throttle,
  tray,
  type TestFile,
} from './uploads';

test('files go from a client to the staff and back, and those of a note stay with the staff', async ({ as, api }) => {
  test.setTimeout(150_000);
  const photo = picture('photo of the leak.png', 40);
  const log = text('log.txt', 'one\ntwo\nthree – ü\n');
  const client = await as('client');
  await client.goto('/tickets/create');
  await client.getByLabel('Subject').fill('Water below the machine');
  await client.getByLabel('Description').fill('See the picture and the log.');
  await choose(client, photo, log);
  await attached(client, photo.name);
  await attached(client, log.name);
  await client.getByRole('button', { name: 'Send request' }).click();
  await expect(client.getByRole('heading', { name: 'Water below the machine' })).toBeVisible();
  await expect(shownTo(client, photo.name)).toBeVisible();
  const address = new URL(client.url()).pathname;

  const staff = await as('manager');
  await staff.goto(address);
  await test.step('the staff sees the picture and saves both, byte by byte', async () => {
    const button = shownTo(staff, photo.name);
    const seen = button.getByRole('presentation').or(button.locator('img'));
    await expect(seen).toHaveJSProperty('complete', true);
    expect(await button.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(320);
    await button.click();
    const dialog = staff.getByRole('dialog', { name: photo.name });
    const first = await saved(staff, dialog.getByRole('button', { name: /^Download/ }));
    expect(first.name).toBe(photo.name);
    expect(first.bytes.equals(photo.buffer)).toBe(true);
    await dialog.getByRole('button', { name: 'Close' }).click();
    const second = await saved(staff, shownTo(staff, log.name));
    expect(second.name).toBe(log.name);
    expect(second.bytes.equals(log.buffer)).toBe(true);
  });

  const write = staff.getByRole('region', { name: 'Write' });
  const conversation = staff.getByRole('region', { name: 'Conversation' });
  await test.step('an answer with a pasted picture and a dropped text', async () => {
    const field = write.getByRole('textbox', { name: 'Public reply' });
    await field.fill('Turn this valve.');
    await paste(field, picture('image.png', 200));
    await expect(tray(staff).getByText(/^picture \d{4}-\d\d-\d\d/)).toBeVisible();
    const plan = text('plan.txt', 'left, then right');
    await drag(staff, plan, false);
    await expect(staff.getByText('Drop the files to attach them to the public reply')).toBeVisible();
    await drag(staff, plan, true);
    await attached(staff, plan.name);
    await field.press('Control+Enter');
    await expect(conversation.getByText('Turn this valve.')).toBeVisible();
    await expect(shownTo(staff, plan.name)).toBeVisible();
    await expect(tray(staff)).toHaveCount(0);
  });

  const secret = text('our own opinion.txt', 'not for clients');
  await test.step('a note with a file', async () => {
    await write.getByRole('tab', { name: 'Private note' }).click();
    await write.getByRole('textbox', { name: 'Private note' }).fill('See what I wrote down.');
    await choose(staff, secret);
    await attached(staff, secret.name);
    await write.getByRole('tab', { name: 'Public reply' }).click();
    await expect(tray(staff)).toHaveCount(0);
    await write.getByRole('tab', { name: 'Private note' }).click();
    await write.getByRole('button', { name: 'Add note' }).click();
    await expect(conversation.getByText('See what I wrote down.')).toBeVisible();
    expect((await saved(staff, shownTo(staff, secret.name))).bytes.equals(secret.buffer)).toBe(true);
  });

  await test.step('the client sees the answer with its files, and nothing of the note', async () => {
    await client.reload();
    await expect(client.getByText('Turn this valve.')).toBeVisible();
    await expect(shownTo(client, 'plan.txt')).toBeVisible();
    await expect(shownTo(client, 'picture .*')).toBeVisible();
    expect(await client.content()).not.toContain(secret.name);
    const { data } = await api('manager', 'GET', '/api/uploads?per_page=50');
    const hidden = data.find((one: { filename: string }) => one.filename === secret.name);
    await expect(api('client', 'GET', `/api/uploads/${hidden.id}`)).rejects.toThrow('404');
  });
});

test('what is not taken is told, blocks the sending, and can be taken out', async ({ as, api }) => {
  const client = await as('client');
  await client.goto(await request(api, 'Files that nobody wants'));
  await client.getByLabel('Your answer').fill('Here they are.');
  const html = Buffer.from('<html><script>1</script>');
  const page: TestFile = { name: 'holiday.png', mimeType: 'image/png', buffer: html };
  const refused = [heavy('backup.zip', 10.5), text('setup.exe', 'MZ'), heavy('disk.bin', 0.1, ''), page];
  await choose(client, ...refused, text('fine.txt', 'fine'));
  await expect(inTray(client, 'backup.zip')).toContainText('Too large: 11 MB. At most 10 MB can be sent.');
  await expect(inTray(client, 'setup.exe')).toContainText('Programs are not taken.');
  await expect(inTray(client, 'disk.bin')).toContainText('Files of this type are not taken.');
  await expect(inTray(client, 'holiday.png')).toContainText('Kept back. Its content is not what its name says.');
  await attached(client, 'fine.txt');
  await looksRight(client);
  await choose(client, text('empty.txt', ''));
  await expect(client.getByText('empty.txt is empty')).toBeVisible();

  await client.getByLabel('Your answer').press('Control+Enter');
  await expect(client.getByText('A file could not be attached.')).toBeVisible();
  await expect(client.getByLabel('Your answer')).toHaveValue('Here they are.');
  await client.getByRole('button', { name: 'Remove backup.zip' }).focus();
  for (const next of ['setup.exe', 'disk.bin', 'holiday.png', 'fine.txt']) {
    await client.keyboard.press('Enter');
    await expect(client.getByRole('button', { name: `Remove ${next}` })).toBeFocused();
  }
  await client.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(client.getByLabel('Your answer')).toHaveValue('');
  await expect(shownTo(client, 'fine.txt')).toBeVisible();
});

test('a full storage is told, and another try goes through when there is room', async ({ as, api }) => {
  const { data } = await api('operator', 'GET', '/api/companies?filter={"slug":"acme-support"}');
  const id = data[0].id;
  const most = (storage_quota_bytes: number | null) =>
    api('operator', 'PATCH', `/api/companies/${id}`, { storage_quota_bytes });
  const page = await as('manager');
  await page.goto(await request(api, 'No room'));
  await most(1);
  try {
    await choose(page, text('note.txt', 'some words'));
    await expect(inTray(page, 'note.txt')).toContainText('The company’s storage is full.');
  } finally {
    await most(null);
  }
  await page.getByRole('button', { name: 'Try note.txt again' }).click();
  await attached(page, 'note.txt');
  await page.getByRole('button', { name: 'Remove note.txt' }).click();
  await expect(tray(page)).toHaveCount(0);
});

test('the sending waits for files, and each can be stopped in the middle', async ({ as, api }) => {
  test.setTimeout(120_000);
  const page = await as('manager');
  await page.goto(await request(api, 'Slow lines'));
  const write = page.getByRole('region', { name: 'Write' });
  const field = write.getByRole('textbox', { name: 'Public reply' });
  await field.fill('Two films.');
  await throttle(page, 150);
  await choose(page, heavy('long.zip', 6), heavy('short.zip', 0.6));
  await expect(inTray(page, 'long.zip').getByRole('progressbar')).toHaveAttribute('aria-valuenow', /^[1-9]/);
  await field.press('Control+Enter');
  await expect(page.getByText('It is sent as soon as the files are there.')).toBeVisible();
  await page.getByRole('button', { name: 'Do not send yet' }).click();
  await expect(write.getByRole('button', { name: 'Send', exact: true })).toBeEnabled();
  await field.press('Control+Enter');
  await expect(page.getByText('It is sent as soon as the files are there.')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel long.zip' }).click();
  const conversation = page.getByRole('region', { name: 'Conversation' });
  await expect(conversation.getByText('Two films.')).toBeVisible({ timeout: 30_000 });
  await expect(shownTo(page, 'short.zip')).toBeVisible();
  await expect(shownTo(page, 'long.zip')).toHaveCount(0);
  const { data } = await api('manager', 'GET', '/api/uploads?per_page=50');
  expect(data.map((one: { filename: string }) => one.filename)).not.toContain('long.zip');
});

test('who solves a request with the answer sends its files, too', async ({ as, api }) => {
  const address = await request(api, 'Solved at once');
  const staff = await as('manager');
  await staff.goto(address);
  await staff.getByRole('textbox', { name: 'Public reply' }).fill('That is how.');
  await choose(staff, text('how.txt', 'so'));
  await staff.keyboard.press('Control+Shift+Enter');
  await expect(shownTo(staff, 'how.txt')).toBeVisible();
  await expect(staff.getByText('Solved', { exact: true }).first()).toBeVisible();

  const client = await as('client');
  await client.goto(await request(api, 'Solved by myself'));
  await choose(client, text('found.txt', 'there'));
  await expect(client.getByText('Write a line to go with the files.')).toBeVisible();
  await expect(client.getByRole('button', { name: /solved$/ })).toBeDisabled();
  await client.getByLabel('Your answer').fill('I found it.');
  await client.getByRole('button', { name: 'Send and mark as solved' }).click();
  await expect(shownTo(client, 'found.txt')).toBeVisible();
  await expect(client.getByText('Thank you. It is marked as solved.')).toBeVisible();
});

test('a file that was sent from another tab stays where it is', async ({ as, api }) => {
  const address = await request(api, 'Two tabs');
  const first = await as('manager');
  await first.goto(address);
  const field = (page: Page) => page.getByRole('textbox', { name: 'Public reply' });
  await field(first).fill('From the first tab.');
  await choose(first, text('only once.txt', 'x'));
  await attached(first, 'only once.txt');
  await expect.poll(() => first.evaluate(() => JSON.stringify(localStorage))).toContain('From the first tab.');
  const second = await first.context().newPage();
  await second.goto(address);
  await attached(second, 'only once.txt');
  await field(first).press('Control+Enter');
  await expect(shownTo(first, 'only once.txt')).toBeVisible();
  await field(second).fill('From the second tab.');
  await field(second).press('Control+Enter');
  await expect(second.getByText('attached to another message already')).toBeVisible();
  await second.getByRole('button', { name: 'Remove only once.txt' }).click();
  await field(second).press('Control+Enter');
  await expect(second.getByRole('region', { name: 'Conversation' }).getByText('From the second tab.')).toBeVisible();
  await second.reload();
  expect((await saved(second, shownTo(second, 'only once.txt'))).bytes.toString()).toBe('x');
});

test('files outlive a reload, another page and a failed sending', async ({ as, api }) => {
  const page = await as('manager');
  const address = await request(api, 'Keep what I chose');
  await page.goto(address);
  const write = page.getByRole('region', { name: 'Write' });
  const field = write.getByRole('textbox', { name: 'Public reply' });
  await field.fill('With two files.');
  await choose(page, picture('kept.png'), text('kept.txt', 'kept'));
  await attached(page, 'kept.png');
  await attached(page, 'kept.txt');
  await expect.poll(() => page.evaluate(() => JSON.stringify(localStorage))).toContain('With two files.');
  await page.reload();
  await attached(page, 'kept.png');
  await expect(inTray(page, 'kept.png').locator('img')).toBeVisible();
  await page.getByRole('menuitem', { name: /^Tickets/ }).click();
  await page.goBack();
  await attached(page, 'kept.txt');

  const fails = '**/api/tickets/*/messages';
  await page.route(fails, route => (route.request().method() === 'POST' ? route.abort() : route.fallback()));
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByText(/^Not sent:/)).toBeVisible({ timeout: 30_000 });
  await expect(field).toHaveValue('With two files.');
  await attached(page, 'kept.png');
  await page.unroute(fails);
  await field.press('Control+Enter');
  await expect(shownTo(page, 'kept.png')).toBeVisible();
  await expect(shownTo(page, 'kept.txt')).toBeVisible();
  await page.reload();
  await expect(field).toHaveValue('');
  await expect(tray(page)).toHaveCount(0);
});

test('the staff files a ticket with a file for a client, where no checksum can be made', async ({ as }) => {
  const page = await as('manager');
  // As browsers have it where a page came over plain HTTP.
  await page.addInitScript(() => Object.defineProperty(Crypto.prototype, 'subtle', { get: () => undefined }));
  await page.goto('/tickets/create');
  await page.getByLabel('Requester').fill('Acme Client');
  await page.getByRole('option', { name: 'Acme Client', exact: true }).click();
  await page.getByLabel('Subject').fill('Called about an invoice');
  await choose(page, text('notes of the call.txt', 'what was said'));
  await attached(page, 'notes of the call.txt');
  await page.getByRole('button', { name: 'Create ticket' }).click();
  await expect(page.getByText('Required with files').first()).toBeVisible();
  await page.getByLabel('Description').fill('See my notes.');
  await expect.poll(() => page.evaluate(() => JSON.stringify(sessionStorage))).toContain('See my notes.');
  await page.reload();
  await attached(page, 'notes of the call.txt');
  await page.keyboard.press('Control+Enter');
  await expect(shownTo(page, 'notes of the call.txt')).toBeVisible();
  const file = await saved(page, shownTo(page, 'notes of the call.txt'));
  expect(file.bytes.toString()).toBe('what was said');
});

test('files fit on a phone', async ({ as, api }) => {
  const address = await request(api, 'On the way');
  const long = picture('a very long name of a picture that was taken with a telephone on a rainy day in november.png');
  for (const person of ['client', 'agent'] as const) {
    const phone = await as(person, { phone: true, dark: person === 'agent' });
    await phone.goto(address);
    const label = person === 'client' ? 'Your answer' : 'Public reply';
    const field = phone.getByRole('textbox', { name: label });
    await field.fill(`A picture of the ${person}.`);
    await phone.getByRole('button', { name: 'Attach files' }).focus();
    await choose(phone, long, text('second.txt', 'second'));
    await attached(phone, long.name);
    await looksRight(phone);
    await phone.getByRole('button', { name: 'Send', exact: true }).click();
    await expect(phone.getByText(`A picture of the ${person}.`)).toBeVisible();
    await expect(shownTo(phone, long.name).last()).toBeVisible();
    await looksRight(phone);
  }
});
