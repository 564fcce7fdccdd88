// Files for tests, and how people put them into a page.
import { readFile } from 'node:fs/promises';
import { deflateSync } from 'node:zlib';
import type { Locator, Page } from '@playwright/test';
import { expect, type Person } from './test';

/** A file as Playwright takes it. */
export interface TestFile {
  name: string;
  mimeType: string;
  buffer: Buffer;
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
  let crc = ~0;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(~crc >>> 0);
  return Buffer.concat([length, body, sum]);
}

/** A picture that browsers can show, in bands of colour. */
export function picture(name: string, hue = 90): TestFile {
  const [width, height] = [320, 200];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const line = (y: number) => {
    const row = Buffer.alloc(1 + width * 3);
    for (let x = 0; x < width; x += 1) row.set([(x + hue) % 256, (y * 2) % 256, hue], 1 + x * 3);
    return row;
  };
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, (_, y) => line(y))));
  const buffer = Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', pixels),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return { name, mimeType: 'image/png', buffer };
}

/** A plain text. */
export function text(name: string, words: string): TestFile {
  return { name, mimeType: 'text/plain', buffer: Buffer.from(words) };
}

/** Bytes without meaning. */
export function heavy(name: string, megabytes: number, mimeType = 'application/zip'): TestFile {
  return { name, mimeType, buffer: Buffer.alloc(Math.round(megabytes * 1024 * 1024), 'PK stuff ') };
}

/** Chooses files with the button of a form. */
export async function choose(page: Page, ...files: TestFile[]): Promise<void> {
  await page.locator('input[type=file]').setInputFiles(files);
}

const carried = (file: TestFile) => ({ ...file, buffer: file.buffer.toString('base64') });

/** Pastes a file into a field, as browsers do with a picture. */
export async function paste(field: Locator, file: TestFile): Promise<void> {
  await field.evaluate((element, { name, mimeType, buffer }) => {
    const bytes = Uint8Array.from(atob(buffer), letter => letter.charCodeAt(0));
    const clipboardData = new DataTransfer();
    clipboardData.items.add(new File([bytes], name, { type: mimeType }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, carried(file));
}

/** Drags a file over the page; `drop` lets go of it. */
export async function drag(page: Page, file: TestFile, drop: boolean): Promise<void> {
  await page.evaluate(
    ({ name, mimeType, buffer, events }) => {
      const bytes = Uint8Array.from(atob(buffer), letter => letter.charCodeAt(0));
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([bytes], name, { type: mimeType }));
      for (const kind of events) {
        document.body.dispatchEvent(new DragEvent(kind, { dataTransfer, bubbles: true, cancelable: true }));
      }
    },
    { ...carried(file), events: drop ? ['drop'] : ['dragenter', 'dragover'] }
  );
}

/** Makes what is sent crawl, so that a test can act in the middle; 0 for full speed. */
export async function throttle(page: Page, kilobytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 0,
    downloadThroughput: -1,
    uploadThroughput: kilobytesPerSecond === 0 ? -1 : kilobytesPerSecond * 1024,
  });
}

type Api = (person: Person, method: string, path: string, body?: unknown) => Promise<any>;

/** The files that wait to go out. */
export const tray = (page: Page) => page.getByRole('list', { name: 'Files to be sent' });
/** One of them. */
export const inTray = (page: Page, name: string) => tray(page).getByRole('listitem').filter({ hasText: name });
/** A file of a message. */
export const shownTo = (page: Page, name: string) => page.getByRole('button', { name: new RegExp(`${name},`) });

/** Waits until a file has come through. */
export async function attached(page: Page, name: string): Promise<void> {
  await expect(inTray(page, name)).toBeVisible();
  await expect(inTray(page, name).getByRole('progressbar')).toHaveCount(0);
  await expect(inTray(page, name)).not.toContainText('Kept back');
}

/** What the browser saves when something is clicked. */
export async function saved(page: Page, button: Locator): Promise<{ name: string; bytes: Buffer }> {
  const [download] = await Promise.all([page.waitForEvent('download'), button.click()]);
  return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

/** A new request of the client; answers with the address of its page. */
export async function request(api: Api, subject: string): Promise<string> {
  const ticket = await api('client', 'POST', '/api/tickets', { subject, description: 'With files.' });
  return `/tickets/${ticket.id}/show`;
}
