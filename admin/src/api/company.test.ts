// Reasons as headers carry them.
import { expect, test } from 'vitest';
import { asReason } from './company';

test.each([
  ['asked by telephone', 'asked by telephone'],
  ['  José’s wish – “now”\n twice ', 'Jose\'s wish - "now" twice'],
  ['Straße', 'Strasse'],
  ['ключ 7', '???? 7'],
  ['\u0000\u007f', '??'],
  ['x'.repeat(400), 'x'.repeat(300)],
])('%j', (text, header) => {
  expect(asReason(text)).toBe(header);
  expect(() => new Headers({ 'X-Act-Reason': asReason(text) })).not.toThrow();
});
