import { describe, expect, it } from 'vitest';
import { isLive, isOverlapping, masked, statusOf } from './status';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const key = (part: object) => ({ revoked_at: null, expires_at: '2026-12-01T00:00:00Z', former_until: null, ...part });

describe('the status of a key', () => {
  it('follows from its end', () => {
    expect(statusOf(key({}), NOW)).toBe('active');
    expect(statusOf(key({ expires_at: '2026-06-15T12:00:00Z' }), NOW)).toBe('ending');
    expect(statusOf(key({ expires_at: '2026-06-15T12:00:01Z' }), NOW)).toBe('active');
    expect(statusOf(key({ expires_at: '2026-06-01T12:00:00Z' }), NOW)).toBe('expired');
  });

  it('is revoked whatever its end', () => {
    const revoked = { revoked_at: '2026-05-01T00:00:00Z' };
    expect(statusOf(key(revoked), NOW)).toBe('revoked');
    expect(statusOf(key({ ...revoked, expires_at: '2026-05-02T00:00:00Z' }), NOW)).toBe('revoked');
    expect(isLive(key(revoked), NOW)).toBe(false);
  });

  it('knows of two secrets while both are good', () => {
    expect(isOverlapping(key({ former_until: '2026-06-01T12:00:01Z' }), NOW)).toBe(true);
    expect(isOverlapping(key({ former_until: '2026-06-01T12:00:00Z' }), NOW)).toBe(false);
    expect(isOverlapping(key({ former_until: '2026-06-02T00:00:00Z', revoked_at: '2026-06-01T00:00:00Z' }), NOW)).toBe(false);
    expect(isOverlapping(key({}), NOW)).toBe(false);
  });

  it('is shown without its secret', () => {
    expect(masked({ prefix: 'stoa_live_abc', last_four: 'wxyz' })).toBe('stoa_live_abc…wxyz');
  });
});
