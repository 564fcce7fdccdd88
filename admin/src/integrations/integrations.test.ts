import { describe, expect, it } from 'vitest';
import { integrations } from '../i18n/en/integrations';
import { EVENTS, EVENT_GROUPS, eventKey, withEvents } from './events';
import { healthOf } from './health';

const NOW = '2026-06-01T12:00:00Z';
const one = (part: object) => ({ is_active: true, disabled_reason: null, failures: 0, last_ok_at: NOW, ...part });

describe('how a connection fares', () => {
  it('says who switched it off', () => {
    expect(healthOf(one({ is_active: false, failures: 12, disabled_reason: 'failing' }))).toBe('disabled');
    expect(healthOf(one({ is_active: false }))).toBe('off');
  });

  it('looks at the last try', () => {
    expect(healthOf(one({}))).toBe('fine');
    expect(healthOf(one({ failures: 1 }))).toBe('failing');
    expect(healthOf(one({ last_ok_at: null, failures: 3 }))).toBe('failing');
    expect(healthOf(one({ last_ok_at: null }))).toBe('unused');
  });
});

describe('events', () => {
  it('are chosen one by one and by group', () => {
    expect(withEvents(['message.added'], ['ticket.created'], true)).toEqual(['ticket.created', 'message.added']);
    expect(withEvents(EVENTS, EVENT_GROUPS.messages!, false)).not.toContain('message.edited');
    expect(withEvents(['ticket.created'], ['ticket.created'], false)).toEqual([]);
  });

  it('that are not known here stay chosen', () => {
    expect(withEvents(['later.event'], ['ticket.created'], true)).toEqual(['ticket.created', 'later.event']);
  });

  it('have words', () => {
    const words = integrations.events as Record<string, string>;
    expect(EVENTS.filter(event => !words[eventKey(event).split('.').pop()!])).toEqual([]);
  });
});
