import { describe, expect, it } from 'vitest';
import { lifeOf, slotsOf } from './alive';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const job = { job_id: 'a', kind: 'emails.send', started_at: '2026-06-01T11:59:00Z' };
const worker = (seconds: number, part: object = {}) => ({
  seen_at: new Date(NOW - seconds * 1000).toISOString(),
  state: 'working' as const,
  running: [job],
  concurrency: 16,
  ...part,
});

describe('a worker', () => {
  it('lives while it is heard of', () => {
    expect(lifeOf(worker(5), NOW)).toBe('working');
    expect(lifeOf(worker(30), NOW)).toBe('working');
    expect(lifeOf(worker(31), NOW)).toBe('gone');
    // Its clock may be a little ahead.
    expect(lifeOf(worker(-3), NOW)).toBe('working');
  });

  it('tells that it ends, but not for ever', () => {
    expect(lifeOf(worker(5, { state: 'draining' }), NOW)).toBe('draining');
    expect(lifeOf(worker(60, { state: 'draining' }), NOW)).toBe('gone');
  });

  it('counts with its slots only while it lives', () => {
    expect(slotsOf([worker(1), worker(90), worker(2, { running: [], concurrency: 4 })], NOW)).toEqual({
      living: 2,
      used: 1,
      all: 20,
    });
    expect(slotsOf([], NOW)).toEqual({ living: 0, used: 0, all: 0 });
  });
});
