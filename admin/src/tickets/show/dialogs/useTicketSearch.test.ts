// Tests of what a search for tickets asks for.
import { describe, expect, it } from 'vitest';
import { filterFor } from './useTicketSearch';

describe('filterFor', () => {
  it('takes numbers and references for one ticket', () => {
    expect(filterFor(' 59 ', 'r')).toEqual({ number: 59 });
    expect(filterFor('#59', 'r')).toEqual({ number: 59 });
    expect(filterFor('ACME-59', 'r')).toEqual({ number: 59 });
  });

  it('takes anything else for words', () => {
    expect(filterFor('printer 59', 'r')).toEqual({ q: 'printer 59' });
  });

  it('shows tickets of the requester before anything is typed', () => {
    expect(filterFor('', 'r')).toEqual({ requester_id: 'r' });
  });
});
