// Takes the pictures of docs/screenshots: `npm run screenshots`.
import path from 'node:path';
import { MAIN_PAGES, settled } from './pages';
import { test, type Person } from './test';

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots');

for (const [width, phone] of [
  ['desktop', false],
  ['phone', true],
] as const) {
  for (const person of [...new Set(MAIN_PAGES.map(page => page.person))] as Person[]) {
    test(`${person}, ${width}`, async ({ as, api }) => {
      test.setTimeout(180_000);
      const page = await as(person, { phone });
      for (const one of MAIN_PAGES.filter(one => one.person === person)) {
        await page.goto(await one.path(api));
        await settled(page, one);
        await page.screenshot({ path: path.join(FOLDER, `${one.name}-${width}.png`), animations: 'disabled' });
      }
    });
  }
}

test('dark', async ({ as, api }) => {
  const page = await as('agent', { dark: true });
  const one = MAIN_PAGES.find(page => page.name === 'ticket')!;
  await page.goto(await one.path(api));
  await settled(page, one);
  await page.screenshot({ path: path.join(FOLDER, 'ticket-dark.png'), animations: 'disabled' });
});
