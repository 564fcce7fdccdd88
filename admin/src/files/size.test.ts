// Tests of sizes in words.
import { expect, it } from 'vitest';
import { formatSize } from './size';

it('counts in steps of 1024, as limits are set', () => {
  expect(formatSize(1)).toMatch(/^1 byte$/);
  expect(formatSize(512)).toMatch(/^512 bytes$/);
  expect(formatSize(10 * 1024 * 1024)).toBe('10 MB');
  expect(formatSize(1536)).toBe('1.5 kB');
  expect(formatSize(1024 * 1024 - 1)).toBe('1 MB');
});
