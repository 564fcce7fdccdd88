// What the first page costs, and what protects it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from './test';

const DIST = path.resolve(import.meta.dirname, '../dist');
const LIMIT = 400_000;

test('the scripts before the first page weigh less than 400 kB', async ({ nobody }) => {
  const page = await nobody();
  const scripts: string[] = [];
  page.on('response', answer => {
    if (answer.request().resourceType() === 'script') scripts.push(new URL(answer.url()).pathname);
  });
  await page.goto('/');
  await expect(page.getByLabel('E-mail address')).toBeVisible();
  const sizes = scripts.map(script => gzipSync(readFileSync(path.join(DIST, script))).length);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  console.log(`first load: ${scripts.length} scripts, ${total} bytes with gzip`);
  expect(total).toBeGreaterThan(50_000);
  expect(total).toBeLessThan(LIMIT);
});

test('pages are separate files', async ({ as }) => {
  const page = await as('admin');
  const scripts = new Set<string>();
  page.on('response', answer => answer.request().resourceType() === 'script' && scripts.add(answer.url()));
  await page.goto('/departments');
  await expect(page.getByRole('heading', { name: 'Departments' })).toBeVisible();
  const before = scripts.size;
  await page.getByRole('menuitem', { name: /^Audit log/ }).click();
  await expect(page.getByRole('heading', { name: 'Audit log' })).toBeVisible();
  expect(scripts.size).toBeGreaterThan(before);
});

test('a script that is not ours does not run', async ({ nobody }) => {
  const page = await nobody();
  const answer = await page.goto('/');
  expect(answer?.headers()['content-security-policy']).toContain("script-src 'self'");
  const ran = await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'window.injected = true';
    document.head.append(script);
    return 'injected' in window;
  });
  expect(ran).toBe(false);
});
