// Which switches there are for whom, and when a choice was changed.
import { describe, expect, it } from 'vitest';
import type { NotificationMatrix } from '../types';
import { groupsFor, relationsFor, sameMatrix, withSwitch } from './matrix';

const off = { mine: false, followed: false, unassigned_in_department: false };
const matrix: NotificationMatrix = {
  message_added: { ...off, mine: true },
  ticket_status_changed: off,
  ticket_spam: off,
  ticket_of_tomorrow: off,
};

describe('groupsFor', () => {
  it('keeps to events of the server and shows new ones too', () => {
    expect(groupsFor('content_writer', matrix)).toEqual([
      { name: 'messages', events: ['message_added'] },
      { name: 'work', events: ['ticket_status_changed'] },
      { name: 'order', events: ['ticket_spam', 'ticket_of_tomorrow'] },
    ]);
  });

  it('leaves out what clients never hear of', () => {
    const events = groupsFor('client', matrix).flatMap(group => group.events);
    expect(events).toEqual(['message_added', 'ticket_status_changed']);
    expect(relationsFor('client')).toEqual(['mine']);
  });
});

describe('withSwitch', () => {
  it('changes one switch and can be taken back', () => {
    const changed = withSwitch(matrix, 'ticket_spam', 'followed', true);
    expect(sameMatrix(matrix, changed)).toBe(false);
    expect(sameMatrix(matrix, withSwitch(changed, 'ticket_spam', 'followed', false))).toBe(true);
    expect(matrix.ticket_spam?.followed).toBe(false);
  });
});
