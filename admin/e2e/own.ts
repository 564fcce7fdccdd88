// For tests that change accounts, or need the mail of people: a server of their own with a mailbox.
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { Mailbox } from './mailbox';
import { Server } from './server';
import { expect, test as base } from './test';

export { expect };

export const test = base.extend<object, { mailbox: Mailbox; whose: string }>({
  // Files that name themselves here by `test.use` share no server with others: who changes passwords disturbs nobody.
  whose: ['shared', { scope: 'worker', option: true }],
  mailbox: [
    async ({}, use) => {
      const mailbox = await Mailbox.open();
      await use(mailbox);
      await mailbox.close();
    },
    { scope: 'worker' },
  ],
  server: [
    async ({ mailbox, whose: _ }, use) => {
      const server = await Server.create({ SMTP_URL: mailbox.url });
      await use(server);
      await server.end();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
});

/** Logs in by hand with any address. */
export async function logInAs(page: Page, email: string, password: string): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail address').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Log in' }).click();
}

/** Chooses a password on a page that asks for a new one. */
export async function choose(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password', { exact: false }).first().fill(password);
  await page.getByLabel('New password once more').fill(password);
}

/** Nothing serious for axe, and nothing wider than the screen. */
export async function looksRight(page: Page): Promise<void> {
  // In the frame of a mail nothing runs, axe neither.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox]').analyze();
  const serious = violations.filter(one => ['serious', 'critical'].includes(one.impact ?? ''));
  expect(serious.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`)).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(wide, 'nothing stands out at the side').toBeLessThanOrEqual(0);
}
