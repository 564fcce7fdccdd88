// What is said of incoming mail.
import { expect, test } from 'vitest';
import { mail } from '../i18n/en/mail';
import { REASONS, canReprocess, fileName, wentElsewhere } from './words';

test('every reason is said in words, short and long', () => {
  for (const reason of REASONS) {
    expect(mail.inbound.reason[reason], reason).toBeTruthy();
    expect(mail.inbound.reasonShort[reason], reason).toBeTruthy();
  }
  expect(Object.keys(mail.inbound.reason).sort()).toEqual([...REASONS].sort());
});

test('files are called like the mail, without what no file name takes', () => {
  expect(fileName({ subject: 'Re: Drucker/brennt?! [T-3]', id: 'x' })).toBe('Re-Drucker-brennt-T-3.eml');
  expect(fileName({ subject: '???', id: 'abc' })).toBe('abc.eml');
});

test('a mail of a stranger went elsewhere than the ticket that it answers', () => {
  expect(wentElsewhere({ match: { rule: 'references', ticket_id: 'a' }, ticket_id: 'b' })).toBe(true);
  expect(wentElsewhere({ match: { rule: 'references', ticket_id: 'a' }, ticket_id: 'a' })).toBe(false);
  expect(wentElsewhere({ match: { rule: 'none', ticket_id: null }, ticket_id: 'b' })).toBe(false);
});

test('only what is in no ticket is looked at again', () => {
  expect((['received', 'processed', 'ignored', 'failed'] as const).map(state => canReprocess({ state }))).toEqual([
    false,
    false,
    true,
    true,
  ]);
});
