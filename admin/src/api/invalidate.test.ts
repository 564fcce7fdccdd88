// Which cached answers events make old.
import { describe, expect, test } from 'vitest';
import { isAffected } from './invalidate';

const reference = (id: string) => ['ticket_messages', 'getManyReference', { target: 'ticket_id', id }];

describe('an event of ticket 1', () => {
  const tickets = new Set(['1']);
  test.each([
    [['notifications', 'getList', {}]],
    [['notifications', 'unread_count']],
    [['tickets', 'getList', {}]],
    [['tickets', 'getOne', { id: '1' }]],
    [['tickets', 'getMany', { ids: ['2', '1'] }]],
    [reference('1')],
    [['ticket_events', 'getManyReference', { target: 'ticket_id', id: '1' }]],
    [['ticket_messages', 'getInfiniteList', { filter: { ticket_id: '1' } }]],
  ])('makes %j old', key => expect(isAffected(key, tickets)).toBe(true));

  test.each([
    [['tickets', 'getOne', { id: '2' }]],
    [['tickets', 'getMany', { ids: ['2'] }]],
    [reference('2')],
    [['ticket_messages', 'getInfiniteList', { filter: { ticket_id: '2' } }]],
    [['users', 'getList', {}]],
    [['auth', 'canAccess', {}]],
  ])('leaves %j', key => expect(isAffected(key, tickets)).toBe(false));
});

test('a notification without a ticket touches only notifications', () => {
  expect(isAffected(['notifications', 'getList', {}], new Set())).toBe(true);
  expect(isAffected(['tickets', 'getList', {}], new Set())).toBe(false);
  expect(isAffected(reference('1'), new Set())).toBe(false);
});

test('after a gap every ticket counts', () => {
  const all = new Set(['*']);
  expect(isAffected(['tickets', 'getOne', { id: '2' }], all)).toBe(true);
  expect(isAffected(['tickets', 'getMany', { ids: ['2'] }], all)).toBe(true);
  expect(isAffected(reference('2'), all)).toBe(true);
  expect(isAffected(['tags', 'getList', {}], all)).toBe(false);
});
