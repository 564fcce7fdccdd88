// Tests of which changes are shown first.
import { describe, expect, it } from 'vitest';
import { telling } from './telling';

describe('telling', () => {
  it('puts what people look for first and leaves out counts, times and what stayed empty', () => {
    const changes = ['message_count', 'updated_at', 'kind', 'status'].map(field => ({ field, from: null, to: 'x' }));
    const empty = { field: 'phone', from: null, to: null };
    expect(telling([...changes, empty]).map(change => change.field)).toEqual(['status', 'kind']);
  });
});
