// No serious or critical finding of axe on any main page, in light and in dark.
import AxeBuilder from '@axe-core/playwright';
import { MAIN_PAGES, settled } from './pages';
import { expect, test, type Person } from './test';

const WORTH = ['serious', 'critical'];

async function findings(page: import('@playwright/test').Page): Promise<string[]> {
  // In the frame of a mail nothing runs, axe neither.
  const { violations } = await new AxeBuilder({ page }).exclude('iframe[sandbox]').analyze();
  return violations
    .filter(one => WORTH.includes(one.impact ?? ''))
    .flatMap(one => one.nodes.map(node => `${one.id}: ${node.target.join(' ')}: ${node.failureSummary ?? ''}`));
}

const PERSONS = [...new Set(MAIN_PAGES.map(page => page.person))] as Person[];

for (const dark of [false, true]) {
  for (const person of PERSONS) {
    test(`pages of ${person} are accessible in ${dark ? 'dark' : 'light'}`, async ({ as, api }) => {
      test.setTimeout(300_000);
      const page = await as(person, { dark });
      for (const one of MAIN_PAGES.filter(one => one.person === person)) {
        await page.goto(await one.path(api));
        await settled(page, one);
        expect(await findings(page), one.name).toEqual([]);
      }
    });
  }
}

test('the log-in page is accessible', async ({ nobody }) => {
  const page = await nobody();
  await page.goto('/');
  await expect(page.getByLabel('E-mail address')).toBeVisible();
  expect(await findings(page)).toEqual([]);
});
