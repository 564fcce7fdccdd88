// Which entry admits what.
import { describe, expect, test } from 'vitest';
import { type Entry, findEntry } from './permissions';

const entries: Entry[] = [
  { resource: 'tickets', action: ['list', 'show', 'export'], reach: 'scope' },
  { resource: 'tickets', action: ['assign'], reach: 'own' },
  { resource: 'tickets.subject', action: ['read', 'write', 'create', 'edit'] },
  { resource: 'users', action: ['list', 'show', 'export'], reach: 'all' },
  { resource: 'users.name', action: ['read'] },
];

describe('findEntry', () => {
  test.each([
    ['tickets', 'list', 'scope'],
    ['tickets', 'export', 'scope'],
    ['tickets', 'assign', 'own'],
    ['tickets.subject', 'edit', undefined],
  ])('%s %s', (resource, action, reach) => {
    expect(findEntry(entries, resource, action, false)).toMatchObject({ resource });
    expect(findEntry(entries, resource, action, false)?.reach).toBe(reach);
  });

  test.each([
    ['tickets', 'delete'],
    ['tickets.status', 'edit'],
    ['ticket', 'list'],
    ['reports', 'list'],
    ['users.name', 'edit'],
  ])('no %s %s', (resource, action) => expect(findEntry(entries, resource, action, false)).toBeUndefined());

  test('outside a company an operator has what is platform-wide', () => {
    expect(findEntry(entries, 'users', 'list', true)).toBeDefined();
    expect(findEntry(entries, 'users.name', 'read', true)).toBeDefined();
    expect(findEntry(entries, 'tickets', 'list', true)).toBeUndefined();
    expect(findEntry(entries, 'tickets.subject', 'read', true)).toBeUndefined();
  });

  test('where Stoa says what is platform-wide, its word counts', () => {
    const told = entries.map(entry => (entry.resource === 'tickets' ? { ...entry, platform: true } : entry));
    expect(findEntry(told, 'tickets', 'list', true)).toBeDefined();
    expect(findEntry(told, 'tickets.subject', 'edit', true)).toBeDefined();
    expect(findEntry(told, 'users', 'list', true)).toBeUndefined();
    expect(findEntry(told, 'users.name', 'read', true)).toBeUndefined();
  });
});
