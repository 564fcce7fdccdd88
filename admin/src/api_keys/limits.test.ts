import { describe, expect, it } from 'vitest';
import { asCreated, dayAfter, endAfter, endOfDay } from './expiry';
import { isNetwork } from './networks';

const NOW = Date.parse('2026-06-01T12:00:00Z');

describe('the end of a key', () => {
  it('is so many days away', () => {
    expect(endAfter(30, NOW)).toBe('2026-07-01T12:00:00.000Z');
  });

  it('keeps a little below the longest time', () => {
    expect(endAfter(365, NOW)).toBe('2027-06-01T11:00:00.000Z');
  });

  it('is the end of a chosen day', () => {
    const end = endOfDay('2026-06-10', NOW);
    expect(new Date(end ?? 0).getTime()).toBe(new Date('2026-06-10T23:59:59').getTime());
  });

  it('lies neither in the past nor too far away', () => {
    expect(endOfDay('2026-05-31', NOW)).toBeNull();
    expect(endOfDay('2027-06-03', NOW)).toBeNull();
    expect(endOfDay('soon', NOW)).toBeNull();
    expect(endOfDay('2026-13-45', NOW)).toBeNull();
  });

  it('takes the place of what the form asks', () => {
    expect(asCreated({ name: 'ci', term: '7' }, NOW)).toEqual({ name: 'ci', expires_at: '2026-06-08T12:00:00.000Z' });
    expect(asCreated({ name: 'ci' }, NOW).expires_at).toBe('2026-08-30T12:00:00.000Z');
    expect(asCreated({ name: 'ci', term: 'day', day: '2026-06-10' }, NOW)).toEqual({
      name: 'ci',
      expires_at: endOfDay('2026-06-10', NOW),
    });
  });

  it('is offered as a day of the calendar', () => {
    expect(dayAfter(1, new Date(2026, 0, 31, 12).getTime())).toBe('2026-02-01');
  });
});

describe('networks', () => {
  it.each(['192.0.2.7', '192.0.2.0/24', '0.0.0.0/0', '::', '::1', '2001:db8::/32', '2001:db8:0:0:1:2:3:4', '::ffff:192.0.2.1', 'FE80::1/128'])(
    'takes %s',
    text => expect(isNetwork(text)).toBe(true)
  );

  it.each(['', '192.0.2', '192.0.2.256', '192.0.2.01', '192.0.2.0/33', '192.0.2.0/', '192.0.2.0/8/8', 'example.com', '1:2:3:4:5:6:7', '1::2::3', ':::', '1:2:3:4:5:6:7:8:9', '12345::', '::1/129', '2001:db8::g'])(
    'refuses %s',
    text => expect(isNetwork(text)).toBe(false)
  );
});
