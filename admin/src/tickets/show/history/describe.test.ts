// Tests of the sentences about events.
import { describe as group, expect, it } from 'vitest';
import type { Change, TicketEvent } from '../../../types';
import { describe, namesIn, type Words } from './describe';

/** Keys and their options instead of a language. */
const words: Words = {
  t: (key, options) => {
    const name = key.split('.').at(-1) ?? '';
    const rest = Object.entries(options ?? {}).filter(([option]) => option !== 'smart_count');
    return [name, ...rest.map(([, text]) => String(text))].join(' ');
  },
  name: (_, id) => id.toUpperCase(),
  time: value => value,
  field: name => name,
};

function event(kind: TicketEvent['kind'], changes: Change[] = [], more: Partial<TicketEvent> = {}): TicketEvent {
  return { kind, changes, actor_id: null, visibility: 'public', message_id: null, ...more } as TicketEvent;
}

group('describe', () => {
  it('tells fields with both values', () => {
    const changes = [{ field: 'priority', from: 'low', to: 'urgent' }];
    expect(describe(event('ticket.updated', changes), words)).toEqual(['changed priority low urgent']);
  });

  it('tells what mail did', () => {
    expect(describe(event('message.bounced'), words)).toEqual(['message_bounced']);
    expect(describe(event('ticket.loop_suppressed'), words)).toEqual(['loop_suppressed']);
  });

  it('calls people by name', () => {
    const changes = [
      { field: 'status', from: 'new', to: 'open' },
      { field: 'assignee_id', from: null, to: 'ana' },
    ];
    expect(describe(event('ticket.assigned', changes), words)).toEqual(['assigned ANA']);
    expect(describe(event('ticket.status_changed', changes), words)).toEqual(['changed status new open']);
  });

  it('does not call those by name who act for themselves', () => {
    const taken = [{ field: 'assignee_id', from: null, to: 'ana' }];
    expect(describe(event('ticket.assigned', taken, { actor_id: 'ana' }), words)).toEqual(['taken ']);
    const followed = [{ field: 'follower_ids', from: ['bo'], to: ['bo', 'ana'] }];
    expect(describe(event('ticket.followers_changed', followed, { actor_id: 'ana' }), words)).toEqual(['followed']);
    expect(describe(event('ticket.followers_changed', followed, { actor_id: 'bo' }), words)).toEqual([
      'follower_ids_added ANA',
    ]);
  });

  it('tells when a ticket lost its assignee on the way', () => {
    const changes = [
      { field: 'status', from: 'pending', to: 'open' },
      { field: 'assignee_id', from: 'ana', to: null },
    ];
    expect(describe(event('ticket.status_changed', changes), words)).toEqual([
      'changed status pending open',
      'unassigned ANA',
    ]);
  });

  it('tells what was added to a list and what was taken off', () => {
    const changes = [{ field: 'tag_ids', from: ['a', 'b'], to: ['b', 'c', 'd'] }];
    expect(describe(event('ticket.updated', changes), words)).toEqual(['tag_ids_added C, D', 'tag_ids_removed A']);
  });

  it('tells notes from replies, with the step that a reply brought', () => {
    expect(describe(event('message.added', [], { visibility: 'private' }), words)).toEqual(['noted']);
    const changes = [{ field: 'status', from: 'solved', to: 'open' }];
    expect(describe(event('message.added', changes), words)).toEqual(['replied', 'changed status solved open']);
  });

  it('tells both sides of a merge', () => {
    const changes = [{ field: 'merged_into', from: null, to: 't9' }];
    expect(describe(event('ticket.merged', changes), words)).toEqual(['merged_into T9']);
    expect(describe(event('ticket.merged'), words)).toEqual(['merged_here']);
  });

  it('does not recite a new ticket', () => {
    const changes = [{ field: 'subject', from: null, to: 'Help' }];
    expect(describe(event('ticket.created', changes), words)).toEqual(['created']);
  });
});

group('namesIn', () => {
  it('collects ids by resource, each once', () => {
    const changes = [
      { field: 'assignee_id', from: 'a', to: 'b' },
      { field: 'follower_ids', from: ['b'], to: ['b', 'c'] },
      { field: 'category_id', from: null, to: 'k' },
    ];
    expect(namesIn([event('ticket.updated', changes)])).toEqual({
      users: ['a', 'b', 'c'],
      departments: [],
      categories: ['k'],
      tags: [],
      tickets: [],
    });
  });
});
