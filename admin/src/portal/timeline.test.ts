// What a client reads of a conversation, and in which order.
import { describe, expect, it } from 'vitest';
import type { TicketMessage } from '../types';
import { timeline, type SeenEvent } from './timeline';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 12, minute)).toISOString();
const message = (id: string, minute: number) => ({ id, created_at: at(minute) }) as TicketMessage;
const event = (id: string, minute: number, from: unknown, to: unknown): SeenEvent => ({
  id,
  created_at: at(minute),
  changes: [{ field: 'status', from, to }],
});
const ids = (messages: TicketMessage[], events: SeenEvent[], whole = true) =>
  timeline(messages, events, whole).map(entry => entry.id);

describe('timeline', () => {
  it('puts a message before the change that it brought about', () => {
    expect(ids([message('b', 5), message('a', 1)], [event('e', 5, 'open', 'solved')])).toEqual(['a', 'b', 'e']);
  });

  it('tells only of changes that mean something to clients', () => {
    const [filed, taken] = [event('filed', 0, null, 'new'), event('taken', 1, 'new', 'open')];
    const events = [filed, taken, event('asked', 2, 'open', 'pending')];
    expect(ids([], events)).toEqual(['asked']);
  });

  it('shows a message once, however many pages hold it', () => {
    expect(ids([message('a', 1), message('a', 1)], [])).toEqual(['a']);
  });

  it('leaves out earlier changes while earlier messages are not shown', () => {
    const events = [event('old', 1, 'open', 'pending'), event('late', 9, 'open', 'solved')];
    expect(ids([message('a', 5)], events, false)).toEqual(['a', 'late']);
    expect(ids([message('a', 5)], events, true)).toEqual(['old', 'a', 'late']);
  });
});
