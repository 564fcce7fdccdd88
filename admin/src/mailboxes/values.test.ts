// What is sent of passwords, and how mailboxes stand.
import { expect, test } from 'vitest';
import { asSaved, hasMoved, isAddress, lacksPassword, newServer, portAfter, standingOf } from './values';

const SERVER = { host: 'mail.example.com', port: 587, security: 'starttls', username: 'help' } as const;

test('an empty password is not sent, so that the stored one stays', () => {
  expect(asSaved({ smtp: SERVER, smtp_password: '' }, { smtp: SERVER })).toEqual({ smtp: SERVER });
  expect(asSaved({ smtp: SERVER, smtp_password: 'x' }, { smtp: SERVER })).toEqual({ smtp: SERVER, smtp_password: 'x' });
  expect(asSaved({ smtp: null, smtp_password: 'x' }, { smtp: SERVER })).toEqual({ smtp: null });
});

test('a server that moved and wants no log-in forgets the stored password', () => {
  const open = { ...SERVER, username: null };
  expect(asSaved({ smtp: open }, { smtp: SERVER })).toEqual({ smtp: open, smtp_password: null });
});

test('a password has to be given again for another place, and not for another folder', () => {
  const imap = { ...SERVER, folder: 'INBOX' };
  expect(hasMoved(imap, { ...imap, folder: 'Help' })).toBe(false);
  expect(lacksPassword(imap, { ...imap, host: 'other.example.com' }, '')).toBe(true);
  expect(lacksPassword(imap, { ...imap, host: 'other.example.com' }, 'x')).toBe(false);
  expect(lacksPassword(null, imap, '')).toBe(false);
  expect(lacksPassword(imap, { ...imap, host: 'other.example.com', username: null }, '')).toBe(false);
});

test('the port follows the protection until somebody chooses another', () => {
  expect(newServer('imap')).toMatchObject({ port: 993, security: 'tls', folder: 'INBOX' });
  expect(portAfter('smtp', 587, 'tls')).toBe(465);
  expect(portAfter('smtp', 2525, 'tls')).toBe(2525);
  expect(portAfter('imap', null, 'starttls')).toBe(143);
});

test('a mailbox stands as the worst that is known of it', () => {
  const whole = { is_active: true, imap: SERVER, webhook_active: false, last_error: null };
  expect(standingOf(whole)).toBe('ready');
  expect(standingOf({ ...whole, last_error: 'no' })).toBe('failing');
  expect(standingOf({ ...whole, imap: null })).toBe('deaf');
  expect(standingOf({ ...whole, imap: undefined })).toBe('ready');
  expect(standingOf({ ...whole, imap: null, webhook_active: true })).toBe('ready');
  expect(standingOf({ ...whole, is_active: false, last_error: 'no' })).toBe('off');
});

test('addresses are told from other texts', () => {
  expect(isAddress('help@example.com')).toBe(true);
  for (const wrong of ['help', 'help@', '@example.com', 'a b@example.com', 'help@example']) {
    expect(isAddress(wrong), wrong).toBe(false);
  }
});
