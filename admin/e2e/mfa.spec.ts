// The second factor: set up by scanning the QR code, asked for at the log-in, demanded by a company, taken off again.
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { Authenticator, scan } from './authenticator';
import { expect, logInAs, looksRight, test } from './own';
import { PASSWORD, PEOPLE } from './test';

const home = (page: Page) => expect(page.getByRole('menuitem', { name: /^Home/ })).toBeVisible();

async function logOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^(Profile|Acme|Globex)/ }).click();
  await page.getByRole('menuitem', { name: 'Logout' }).click();
  await expect(page.getByLabel('E-mail address')).toBeVisible();
}

/** Goes through the steps of setting up; begins where the password is asked for. */
async function enrol(page: Page): Promise<{ phone: Authenticator; codes: string[] }> {
  await page.getByLabel('Password', { exact: false }).last().fill(PASSWORD);
  await page.getByRole('button', { name: 'Go on' }).click();
  const phone = Authenticator.of(await scan(page.getByRole('img', { name: 'QR code for the authenticator' })));
  const typed = Authenticator.typed((await page.getByRole('group', { name: 'Key' }).textContent())!);
  const code = await phone.code();
  expect(await typed.code(), 'picture and key are the same').toBe(code);
  await page.getByLabel('Code that the authenticator shows').fill(phone.wrong());
  await page.getByRole('button', { name: 'Turn on' }).click();
  await expect(page.getByText('That code is wrong')).toBeVisible();
  await page.getByLabel('Code that the authenticator shows').fill(code);
  await page.getByRole('button', { name: 'Turn on' }).click();
  const list = page.getByRole('group', { name: 'Recovery codes' });
  await expect(list.getByRole('listitem')).toHaveCount(10);
  const codes = await list.getByRole('listitem').allTextContents();
  return { phone, codes };
}

async function putAway(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Done' })).toBeDisabled();
  await page.getByLabel('I have saved them').check();
  await page.getByRole('button', { name: 'Done' }).click();
}

test.use({ whose: 'mfa' });
test.describe.configure({ mode: 'serial' });

test('enrol by scanning the QR code, log in with a code, and once with a recovery code', async ({ as }) => {
  test.setTimeout(180_000);
  const page = await as('agent', { dark: true });
  await page.goto('/account');
  const section = page.getByRole('region', { name: 'Two-step log-in' });
  await section.getByRole('button', { name: 'Set up' }).click();
  const { phone, codes } = await enrol(page);
  await looksRight(page);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download' }).click(),
  ]);
  const kept = await readFile((await file.path())!, 'utf8');
  for (const code of codes) expect(kept).toContain(code);
  // No stray key loses the codes.
  await page.keyboard.press('Escape');
  await putAway(page);
  await expect(section.getByText('On', { exact: true })).toBeVisible();
  await expect(section.getByText('10 recovery codes are left')).toBeVisible();

  await logOut(page);
  await logInAs(page, PEOPLE.agent, PASSWORD);
  await page.getByLabel('Code', { exact: false }).fill(phone.wrong());
  await page.getByRole('button', { name: 'Log in' }).click();
  await expect(page.getByRole('alert')).toContainText('4 more tries are left');
  await looksRight(page);
  await page.getByLabel('Code', { exact: false }).fill(await phone.code());
  await page.getByRole('button', { name: 'Log in' }).click();
  await home(page);

  const withRecovery = async () => {
    await logOut(page);
    await logInAs(page, PEOPLE.agent, PASSWORD);
    await page.getByRole('button', { name: 'Use a recovery code' }).click();
    // As people type it off.
    await page.getByLabel('Recovery code').fill(codes[0]!.toLowerCase().replaceAll('-', ' '));
    await page.getByRole('button', { name: 'Log in' }).click();
  };
  await withRecovery();
  await home(page);
  await withRecovery();
  await expect(page.getByRole('alert')).toContainText('used already');

  await test.step('five wrong codes lead back to the password', async () => {
    await page.getByRole('button', { name: 'Use the authenticator' }).click();
    for (let n = 0; n < 4; n += 1) {
      await page.getByLabel('Code', { exact: false }).fill(phone.wrong());
      await page.getByRole('button', { name: 'Log in' }).click();
      await expect(page.getByRole('alert')).toBeVisible();
    }
    await expect(page.getByLabel('E-mail address')).toBeVisible();
    await expect(page.getByRole('alert')).toContainText('Give your password again');
  });
});

test('an administrator takes the factor of somebody off who has lost it', async ({ as, nobody }) => {
  const page = await as('admin');
  await page.goto('/users');
  await page.getByRole('link', { name: 'Acme Agent', exact: true }).click();
  const panel = page.getByRole('region', { name: 'Account' });
  await panel.getByRole('button', { name: 'Take off' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Take off' }).click();
  await expect(page.getByText('The two-step log-in of Acme Agent is off')).toBeVisible();
  await expect(panel.getByText('Off', { exact: true })).toBeVisible();
  const other = await nobody();
  await logInAs(other, PEOPLE.agent, PASSWORD);
  await home(other);
});

test('a company demands it: nothing else is admitted before it is set up', async ({ as, nobody }) => {
  const page = await as('admin');
  const already = await as('manager');
  await already.goto('/departments');
  await page.goto('/settings');
  await page.getByRole('group', { name: 'Two-step log-in is demanded of' }).getByLabel('Manager').check();
  await page.getByRole('region', { name: 'Company' }).getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved', { exact: true })).toBeVisible();

  await test.step('of those who are logged in at once', async () => {
    await already.getByRole('menuitem', { name: /^Categories/ }).click();
    await expect(already.getByText('Your company demands two-step log-in of your role')).toBeVisible();
  });

  const fresh = await nobody();
  await logInAs(fresh, PEOPLE.manager, PASSWORD);
  await expect(fresh.getByText('Your company demands two-step log-in of your role')).toBeVisible();
  await fresh.goto('/tickets');
  await expect(fresh).toHaveURL(/\/account$/);
  await looksRight(fresh);
  const { phone, codes } = await enrol(fresh);
  await putAway(fresh);
  await home(fresh);

  await test.step('new recovery codes need password and factor, and void the old ones', async () => {
    await fresh.goto('/account');
    await fresh.getByRole('button', { name: 'New recovery codes' }).click();
    const dialog = fresh.getByRole('dialog');
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByLabel('Code').fill(await phone.code());
    await dialog.getByRole('button', { name: 'New recovery codes' }).click();
    const list = fresh.getByRole('group', { name: 'Recovery codes' });
    await expect(list.getByRole('listitem')).toHaveCount(10);
    const renewed = await list.getByRole('listitem').allTextContents();
    expect(renewed.filter(code => codes.includes(code))).toEqual([]);
    await putAway(fresh);

    await fresh.getByRole('button', { name: 'Turn off' }).click();
    await dialog.getByLabel('Password').fill(PASSWORD);
    await dialog.getByLabel('Code').fill(codes[1]!);
    await dialog.getByRole('button', { name: 'Turn off' }).click();
    await expect(dialog.getByText('That code is wrong')).toBeVisible();
    await dialog.getByLabel('Code').fill(renewed[1]!);
    await dialog.getByRole('button', { name: 'Turn off' }).click();
    // Demanded as it is, it is set up anew at once.
    await expect(fresh.getByText('Your company demands two-step log-in of your role')).toBeVisible();
  });
});
