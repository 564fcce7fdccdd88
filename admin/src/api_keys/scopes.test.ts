import { describe, expect, it } from 'vitest';
import { asked, grouped, scopesOf, toggled } from './scopes';

describe('scopes of a key', () => {
  it('ask for permissions as people have them', () => {
    expect(asked('read')).toBe('list');
    expect(asked('update')).toBe('edit');
    expect(asked('assign')).toBe('assign');
  });

  it('are grouped in the order of the picker', () => {
    expect(grouped(['tags.read', 'tickets.update', 'tickets.read', 'later.read'])).toEqual([
      ['tickets', ['read', 'update']],
      ['tags', ['read']],
      ['later', ['read']],
    ]);
  });

  it('to change something bring the reading along', () => {
    expect(toggled([], 'tickets.update', true)).toEqual(['tickets.read', 'tickets.update']);
    expect(toggled(['tickets.read'], 'tickets.read', true)).toEqual(['tickets.read']);
  });

  it('without reading none of the resource is left', () => {
    expect(toggled(['tickets.read', 'tickets.update', 'tags.read'], 'tickets.read', false)).toEqual(['tags.read']);
    expect(toggled(['tickets.read', 'tickets.update'], 'tickets.update', false)).toEqual(['tickets.read']);
  });

  it('are named with their resource', () => {
    expect(scopesOf('reports')).toEqual(['reports.read']);
    expect(scopesOf('nothing')).toEqual([]);
  });
});
