import { describe, expect, it } from 'vitest';
import { skew } from './clock';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('the clock of the server', () => {
  it('is taken for the own one when they differ by no more than an answer takes', () => {
    expect(skew('Mon, 01 Jun 2026 12:00:04 GMT', NOW)).toBe(0);
    expect(skew('Mon, 01 Jun 2026 11:59:57 GMT', NOW)).toBe(0);
  });

  it('counts when the own one is wrong', () => {
    expect(skew('Mon, 01 Jun 2026 12:10:00 GMT', NOW)).toBe(600_000);
    expect(skew('Mon, 01 Jun 2026 11:00:00 GMT', NOW)).toBe(-3_600_000);
  });

  it('is unknown where an answer does not tell', () => {
    expect(skew(null, NOW)).toBeUndefined();
    expect(skew('soon', NOW)).toBeUndefined();
  });
});
