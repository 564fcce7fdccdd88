// Tests of what a change of role means.
import { describe, expect, it } from 'vitest';
import { difference } from './abilities';

describe('difference', () => {
  it('gives and takes nothing when nothing changes', () => {
    expect(difference('client', 'client')).toEqual({ gains: [], loses: [] });
  });

  it('is the other way round the other way round', () => {
    const up = difference('content_writer', 'company_admin');
    const down = difference('company_admin', 'content_writer');
    expect(up.loses).toEqual([]);
    expect(up.gains).toContain('people');
    expect(down).toEqual({ gains: [], loses: up.gains });
  });

  it('takes all work from those who become clients', () => {
    expect(difference('content_writer', 'client').loses).toEqual(['workTickets', 'tagTickets']);
  });
});
