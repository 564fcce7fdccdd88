// Equality of JSON values and differences of records.
import { describe, expect, test } from 'vitest';
import { diff, isEqual } from './equal';

describe('isEqual', () => {
  test.each([
    [1, 1],
    [null, undefined],
    [
      [1, { a: [2] }],
      [1, { a: [2] }],
    ],
    [{ a: 1, b: null }, { a: 1 }],
    [{}, {}],
  ])('%j is %j', (a, b) => expect(isEqual(a, b)).toBe(true));

  test.each([
    [1, '1'],
    [0, null],
    ['', null],
    [false, null],
    [[], {}],
    [[], null],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], [1, null]],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: 1 }],
  ])('%j is not %j', (a, b) => expect(isEqual(a, b)).toBe(false));
});

describe('diff', () => {
  const previous = { id: '1', version: 3, name: 'a', tags: ['x'], note: null };

  test('is what changed', () => {
    expect(diff({ ...previous, name: 'b', tags: ['x', 'y'] }, previous)).toEqual({ name: 'b', tags: ['x', 'y'] });
  });

  test('is empty when nothing did', () => {
    expect(diff({ ...previous, tags: ['x'], hidden: null, also: undefined, version: 4 }, previous)).toEqual({});
  });

  test('has fields that were emptied, and not those that the form left out', () => {
    expect(diff({ name: null, tags: undefined }, previous)).toEqual({ name: null });
  });
});
