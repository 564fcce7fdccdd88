// When days begin in different time zones, and what is said when.
import { describe, expect, it } from 'vitest';
import { partOfDay, startOfDay } from './time';

describe('startOfDay', () => {
  it('knows zones east and west of Greenwich', () => {
    expect(startOfDay('2026-11-21', 'Europe/Berlin')).toBe('2026-11-20T23:00:00.000Z');
    expect(startOfDay('2026-11-21', 'America/New_York')).toBe('2026-11-21T05:00:00.000Z');
    expect(startOfDay('2026-11-21', 'UTC')).toBe('2026-11-21T00:00:00.000Z');
    expect(startOfDay('2026-11-21', 'Asia/Kolkata')).toBe('2026-11-20T18:30:00.000Z');
  });

  it('holds on the days on which the clock is changed', () => {
    expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z');
    expect(startOfDay('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z');
    expect(startOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-24T22:00:00.000Z');
    expect(startOfDay('2026-11-01', 'America/New_York')).toBe('2026-11-01T04:00:00.000Z');
  });
});

describe('partOfDay', () => {
  it('follows the clock', () => {
    expect([3, 5, 10, 11, 17, 18, 23].map(partOfDay)).toEqual([
      'evening', 'morning', 'morning', 'day', 'day', 'evening', 'evening',
    ]);
  });
});
