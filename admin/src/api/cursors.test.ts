// The memory of where pages begin.
import { afterEach, expect, test, vi } from 'vitest';
import { Cursors } from './cursors';

afterEach(() => void vi.useRealTimers());

test('a page begins where the page before it ended, in the same list', () => {
  const cursors = new Cursors();
  cursors.note('a', 1, 'x');
  cursors.note('a', 5, 'y');
  expect(cursors.startOf('a', 2)).toBe('x');
  expect(cursors.startOf('a', 6)).toBe('y');
  expect(cursors.startOf('a', 3)).toBeUndefined();
  expect(cursors.startOf('b', 2)).toBeUndefined();
});

test('a page that became the last has no next one', () => {
  const cursors = new Cursors();
  cursors.note('a', 1, 'x');
  cursors.note('a', 1, null);
  expect(cursors.startOf('a', 2)).toBeUndefined();
});

test('places are forgotten in time, and lists when there are many', () => {
  vi.useFakeTimers();
  const cursors = new Cursors();
  cursors.note('a', 1, 'x');
  vi.advanceTimersByTime(9 * 60_000);
  expect(cursors.startOf('a', 2)).toBe('x');
  vi.advanceTimersByTime(2 * 60_000);
  expect(cursors.startOf('a', 2)).toBeUndefined();
  cursors.note('a', 1, 'x');
  for (let n = 0; n < 99; n += 1) cursors.note(`list ${n}`, 1, 'y');
  expect(cursors.startOf('a', 2)).toBe('x');
  cursors.note('one more', 1, 'y');
  expect(cursors.startOf('a', 2)).toBeUndefined();
});
