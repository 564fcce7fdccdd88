// States of outgoing mail as people mean them.
import { expect, test } from 'vitest';
import { canRetry, standingOf } from './state';

test('what came back counts as that, although a server had taken it', () => {
  expect(standingOf({ state: 'sent', delivery: 'bounced' })).toBe('bounced');
  expect(standingOf({ state: 'sent', delivery: null })).toBe('sent');
  expect(standingOf({ state: 'queued', delivery: 'bounced' })).toBe('queued');
});

test('only what ended without arriving can be sent again', () => {
  expect(canRetry({ state: 'kept', delivery: null })).toBe(true);
  expect(canRetry({ state: 'failed', delivery: null })).toBe(true);
  expect(canRetry({ state: 'sent', delivery: 'bounced' })).toBe(false);
  expect(canRetry({ state: 'dropped', delivery: null })).toBe(false);
});
