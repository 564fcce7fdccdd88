// That bursts are held back and the last call of one is kept.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { atMostEvery } from './throttle';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('runs at once, then once when the span is over', () => {
  const run = vi.fn();
  const throttled = atMostEvery(15_000, run);
  throttled.call();
  expect(run).toHaveBeenCalledTimes(1);
  throttled.call();
  throttled.call();
  vi.advanceTimersByTime(14_999);
  expect(run).toHaveBeenCalledTimes(1);
  vi.advanceTimersByTime(1);
  expect(run).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(run).toHaveBeenCalledTimes(2);
});

it('forgets what is still to come when it is cancelled', () => {
  const run = vi.fn();
  const throttled = atMostEvery(1_000, run);
  throttled.call();
  throttled.call();
  throttled.cancel();
  vi.advanceTimersByTime(5_000);
  expect(run).toHaveBeenCalledTimes(1);
});
