// How an address stands.
import { expect, test } from 'vitest';
import { standingOf } from './standing';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const at = (hours: number) => new Date(NOW + hours * 3_600_000).toISOString();

test('an address is suppressed until its time is over, and held back while mails are counted', () => {
  expect(standingOf({ suppressed_until: at(1), capped_at: at(-1) }, NOW)).toBe('suppressed');
  expect(standingOf({ suppressed_until: at(-1), capped_at: null }, NOW)).toBe('free');
  expect(standingOf({ suppressed_until: null, capped_at: at(-9) }, NOW)).toBe('capped');
  expect(standingOf({ suppressed_until: at(-2), capped_at: at(-11) }, NOW)).toBe('free');
  expect(standingOf({ suppressed_until: null, capped_at: null }, NOW)).toBe('free');
});
