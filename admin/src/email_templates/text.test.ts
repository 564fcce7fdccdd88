// Places in texts, inserting into them, and the rows of the list.
import { expect, test } from 'vitest';
import type { EmailTemplate, MailDeclaration } from '../types';
import { isShown, startOf, stateOf, wordingsOf } from './rows';
import { inserted, offsetOf, sampled } from './text';

test('lines and columns are found, also behind characters of two halves', () => {
  expect(offsetOf('a\n  {{ x }}', 2, 6)).toBe(7);
  expect(offsetOf('\u{1f600}{{ password }}', 1, 5)).toBe(5);
  expect(offsetOf('abc', 1, 99)).toBe(3);
  expect(offsetOf('abc', 9, 1)).toBe(3);
});

test('a variable takes the place of what is selected', () => {
  expect(inserted('Hello you!', 6, 9, 'recipient_name')).toEqual({ text: 'Hello {{ recipient_name }}!', cursor: 26 });
});

test('samples are escaped and keep their lines where the text says so', () => {
  const variables = [
    { name: 'company', doc: '', sample: 'A & B', required: true },
    { name: 'message.body', doc: '', sample: 'one\ntwo', required: false },
  ];
  const source = '<p>{{ company }}</p>{% if message.body %}<q>{{ message.body | lines }}</q>{% else %}no{% endif %}{{ other }}';
  expect(sampled(source, variables)).toBe('<p>A &#38; B</p><q>one<br>two</q>{{ other }}');
});

const DECLARED: MailDeclaration = {
  key: 'ticket_reply',
  doc: '',
  variables: [],
  defaults: [
    { locale: 'en', subject: 'E', html: 'e' },
    { locale: 'de', subject: 'D', html: 'd' },
  ],
};
const own = (locale: string, more: Partial<EmailTemplate> = {}) =>
  ({
    id: locale,
    key: 'ticket_reply',
    locale,
    subject: `own ${locale}`,
    html: 'own',
    text: 't',
    status: 'draft',
    published_version: null,
    ...more,
  }) as EmailTemplate;

test('wordings of the platform and of the company are one list', () => {
  const rows = wordingsOf(DECLARED, [own('fr'), own('de', { status: 'published', published_version: 2 })]);
  expect(rows.map(row => [row.locale, row.state])).toEqual([
    ['en', 'platform'],
    ['de', 'published'],
    ['fr', 'draft'],
  ]);
  expect(rows.map(row => isShown(row, 'draft'))).toEqual([false, false, true]);
  expect(rows.map(row => isShown(row, 'own'))).toEqual([false, true, true]);
});

test('changes of what is sent are told from what was never sent', () => {
  expect(stateOf(own('en', { published_version: 1 }))).toBe('changed');
  expect(stateOf(own('en'))).toBe('draft');
});

test('a new wording starts from what is nearest', () => {
  const rows = wordingsOf(DECLARED, [own('fr')]);
  expect(startOf(DECLARED, rows, 'fr-CA').subject).toBe('own fr');
  expect(startOf(DECLARED, rows, 'de-AT').subject).toBe('D');
  expect(startOf(DECLARED, rows, 'ja').subject).toBe('E');
});
