import { describe, expect, it } from 'vitest';
import { overlapOf } from '../webhooks/overlap';
import { canReplay, deliveriesRefresh, deliveryRefresh, deliveryStanding } from './standing';

const NOW = '2026-06-01T12:00:00Z';
const delivery = (part: object) => ({ state: 'pending' as const, attempts: 0, next_at: NOW, ...part });

describe('how a delivery stands', () => {
  it('says whether it was tried, or waits for another one', () => {
    expect(deliveryStanding(delivery({}))).toBe('pending');
    expect(deliveryStanding(delivery({ attempts: 1 }))).toBe('retrying');
    expect(deliveryStanding(delivery({ next_at: null }))).toBe('queued');
  });

  it('says how it ended', () => {
    for (const state of ['delivered', 'failed', 'cancelled'] as const) {
      expect(deliveryStanding(delivery({ state, next_at: null }))).toBe(state);
    }
  });
});

it('only what is not under way can be replayed', () => {
  expect(['pending', 'delivered', 'failed', 'cancelled'].filter(state => canReplay({ state } as never))).toEqual([
    'delivered',
    'failed',
    'cancelled',
  ]);
});

it('the next look comes soon while something is under way', () => {
  expect(deliveriesRefresh([delivery({ state: 'failed' }), delivery({})])).toBeLessThan(5_000);
  expect(deliveriesRefresh([])).toBeGreaterThan(5_000);
  expect(deliveryRefresh(delivery({}))).toBeLessThan(5_000);
  expect(deliveryRefresh(delivery({ state: 'failed' }))).toBe(false);
});

it('two secrets sign until the time that was told', () => {
  const time = Date.parse(NOW);
  expect(overlapOf({ previous_secret_until: null }, time)).toBeUndefined();
  expect(overlapOf({ previous_secret_until: NOW }, time)).toBeUndefined();
  expect(overlapOf({ previous_secret_until: NOW }, time - 1)).toBe(NOW);
});
