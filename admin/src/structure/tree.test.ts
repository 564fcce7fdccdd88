// Tests of the order of records that lie below others.
import { describe, expect, it } from 'vitest';
import { asTree, withDescendants, type Nested } from './tree';

const node = (id: string, parent_id: string | null = null): Nested => ({
  id,
  name: id,
  parent_id,
  company_id: 'company',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  version: 1,
});

describe('asTree', () => {
  it('puts those below after those above and keeps the order of siblings', () => {
    const { records, depths } = asTree([node('b'), node('a'), node('b2', 'b'), node('b1', 'b'), node('b11', 'b1')]);
    expect(records.map(record => record.id)).toEqual(['b', 'b2', 'b1', 'b11', 'a']);
    expect([...depths.values()]).toEqual([0, 1, 1, 2, 0]);
  });

  it('shows records whose parent is not there, and those in a circle', () => {
    const { records } = asTree([node('orphan', 'gone'), node('x', 'y'), node('y', 'x')]);
    expect(records.map(record => record.id)).toEqual(['orphan', 'x', 'y']);
  });
});

describe('withDescendants', () => {
  it('finds everything below', () => {
    const all = [node('a1', 'a'), node('a'), node('a11', 'a1'), node('b')];
    expect([...withDescendants(all, 'a')].sort()).toEqual(['a', 'a1', 'a11']);
    expect(withDescendants(all, undefined).size).toBe(0);
  });
});
