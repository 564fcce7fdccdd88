// Tests of what the page of all files decides.
import { expect, it } from 'vitest';
import type { AuditEntry, Upload } from '../types';
import { mayRemove } from './mayRemove';
import { standing } from './standing';
import { pairOf } from './useTicketOf';

const upload = (more: Partial<Upload>) => ({ state: 'ready', link: null, created_by: 'me', ...more }) as Upload;
const link = { type: 'ticket_message', id: 'm' } as const;

it('tells what is ready apart by whether a message carries it', () => {
  expect(standing(upload({ link }))).toBe('attached');
  expect(standing(upload({}))).toBe('unattached');
  expect(standing(upload({ state: 'quarantined', link }))).toBe('quarantined');
});

it('offers removal as far as the right goes', () => {
  expect(mayRemove(upload({ created_by: 'other', link }), 'all', 'me')).toBe(true);
  expect(mayRemove(upload({ created_by: 'other' }), 'own', 'me')).toBe(false);
  expect(mayRemove(upload({ link }), 'own', 'me')).toBe(true);
  expect(mayRemove(upload({ link }), 'unlinked', 'me')).toBe(false);
  expect(mayRemove(upload({}), 'unlinked', 'me')).toBe(true);
  expect(mayRemove(upload({ state: 'deleting' }), 'all', 'me')).toBe(false);
  expect(mayRemove(upload({}), undefined, 'me')).toBe(false);
});

it('finds the ticket of a message in what was written down of it', () => {
  const entry = (changes: AuditEntry['changes']) => ({ resource_id: 'm', changes });
  expect(pairOf(entry([{ field: 'ticket_id', from: null, to: 't' }]))).toEqual([['m', 't']]);
  expect(pairOf(entry(null))).toEqual([]);
});
