// Tests of checksums.
import { expect, it } from 'vitest';
import { sha256 } from './checksum';

it('is that of the bytes', async () => {
  expect(await sha256(new Blob(['hello']))).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
});

it('is missing where the browser makes none, and of what is too large to be held', async () => {
  expect(await sha256(new Blob(['hello']), {} as Crypto)).toBeUndefined();
  expect(await sha256({ size: 300 * 1024 * 1024 } as Blob)).toBeUndefined();
});
