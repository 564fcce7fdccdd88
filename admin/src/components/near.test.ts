import { describe, expect, it } from 'vitest';
import { formatDuration, formatNear } from './near';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('a time that is near', () => {
  it.each([
    [0, /^now$/],
    [400, /^now$/],
    [25_000, /^in 25\s?s/],
    [-8_000, /^8\s?s.* ago$/],
    [90_000, /^in 1\s?m/],
    [-3_700_000, /^1\s?h.* ago$/],
    [172_800_000, /^in 2\s?d/],
  ])('of %i ms', (away, words) => expect(formatNear(NOW + away, NOW)).toMatch(words));
});

describe('how long it took', () => {
  it.each([
    [3, '3 ms'],
    [-2, '0 ms'],
    [999, '999 ms'],
    [12_400, '12 s'],
    [60_000, '1 min'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
    [7_200_000, '2 h'],
  ])('of %i ms', (ms, words) => expect(formatDuration(ms)).toBe(words));
});
