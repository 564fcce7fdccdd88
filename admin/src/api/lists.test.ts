// What a list is asked for.
import { expect, test } from 'vitest';
import { listQuery } from './lists';
import { listPath, recordPath } from './paths';

test('sort, filter and further wishes become parameters', () => {
  const asked = listQuery({
    sort: { field: 'created_at', order: 'DESC' },
    filter: { status_in: ['new'], q: 'printer', gone: undefined, assignee_id: null },
    meta: { fields: ['id', 'subject'], total: 'none', trash: true },
  });
  expect(asked).toEqual({
    sort: '-created_at',
    filter: '{"status_in":["new"],"q":"printer","assignee_id":null}',
    fields: 'id,subject',
    total: 'none',
    trash: 'true',
  });
});

test('what is empty is left out', () => {
  const none = { sort: undefined, filter: undefined, fields: undefined, total: undefined, trash: undefined };
  expect(listQuery({})).toEqual(none);
  expect(listQuery({ filter: {}, sort: { field: '', order: 'ASC' } })).toEqual(none);
  expect(listQuery({ filter: { q: '  ' } })).toEqual(none);
});

test('messages and events live under their ticket', () => {
  expect(listPath('tags')).toBe('/api/tags');
  expect(recordPath('tags', 'a b')).toBe('/api/tags/a%20b');
  expect(listPath('ticket_events', { ticket_id: '1' })).toBe('/api/tickets/1/events');
  expect(recordPath('ticket_messages', '2', undefined, { ticket_id: '1' })).toBe('/api/tickets/1/messages/2');
  expect(() => listPath('ticket_messages', {}, null)).toThrow('not named');
});
