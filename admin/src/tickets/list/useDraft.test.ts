// A draft holds what was written, and nothing that was there anyway.
import { expect, it } from 'vitest';
import { filledIn } from './useDraft';

it('leaves out what is empty or as it was', () => {
  const initial = { kind: 'question', channel: 'web', subject: '' };
  expect(filledIn({ ...initial, tag_ids: [], cc_ids: undefined }, initial)).toEqual({});
  expect(filledIn({ ...initial, subject: 'Hello', channel: 'phone' }, initial)).toEqual({
    subject: 'Hello',
    channel: 'phone',
  });
});

it('keeps what was emptied', () => {
  expect(filledIn({ kind: '' }, { kind: 'question' })).toEqual({ kind: '' });
});
