import { describe, expect, it } from 'vitest';
import { canCancel, canRetry, jobRefresh, listRefresh, standingOf } from './standing';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const BEFORE = '2026-06-01T11:59:59Z';
const AFTER = '2026-06-01T12:00:30Z';

const job = (part: object) => ({
  state: 'ready' as const,
  run_at: BEFORE,
  attempt: 0,
  lease_until: null,
  cancel_requested: false,
  ...part,
});

describe('how a job stands', () => {
  it('before a worker has it', () => {
    expect(standingOf(job({}), NOW)).toBe('waiting');
    expect(standingOf(job({ run_at: AFTER }), NOW)).toBe('scheduled');
    expect(standingOf(job({ run_at: AFTER, attempt: 2 }), NOW)).toBe('retrying');
    expect(standingOf(job({ run_at: BEFORE, attempt: 2 }), NOW)).toBe('waiting');
  });

  it('while a worker has it', () => {
    const leased = { state: 'leased', attempt: 1, lease_until: AFTER };
    expect(standingOf(job(leased), NOW)).toBe('running');
    expect(standingOf(job({ ...leased, cancel_requested: true }), NOW)).toBe('stopping');
    expect(standingOf(job({ ...leased, lease_until: BEFORE }), NOW)).toBe('lost');
  });

  it('at its end', () => {
    for (const state of ['done', 'dead', 'cancelled'] as const) expect(standingOf(job({ state }), NOW)).toBe(state);
  });
});

describe('what may be done with a job', () => {
  it('follows from its state', () => {
    expect(['ready', 'leased', 'done', 'dead', 'cancelled'].filter(state => canRetry(job({ state })))).toEqual([
      'dead',
      'cancelled',
    ]);
    expect(['ready', 'leased', 'done', 'dead', 'cancelled'].filter(state => canCancel(job({ state })))).toEqual([
      'ready',
      'leased',
    ]);
  });

  it('is not asked twice', () => {
    expect(canCancel(job({ state: 'leased', cancel_requested: true }))).toBe(false);
  });
});

describe('the next look', () => {
  it('comes soon while something goes on', () => {
    expect(listRefresh([job({ state: 'done' }), job({ state: 'leased' })])).toBeLessThan(5_000);
    expect(listRefresh([job({ state: 'done' })])).toBeGreaterThan(5_000);
    expect(listRefresh(undefined)).toBeGreaterThan(5_000);
    expect(jobRefresh(job({}))).toBeLessThan(5_000);
    expect(jobRefresh(job({ state: 'dead' }))).toBe(false);
    expect(jobRefresh(undefined)).toBe(false);
  });
});
