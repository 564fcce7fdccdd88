// Tests of the files of a message.
import { expect, it } from 'vitest';
import { filesOf } from './filesOf';

const attachment = (filename: string, content_type: string) => ({ id: filename, filename, size: 10, content_type });

it('shows as pictures only what Stoa found to be one', () => {
  const files = filesOf({
    id: 'm',
    ticket_id: 't',
    attachments: [attachment('a', 'image/png'), attachment('b', 'image/svg+xml')],
    email_parts: [{ part: 2, filename: 'c.png', size: 5, content_type: 'image/png' }],
  });
  expect(files.map(file => file.picture)).toEqual(['/api/uploads/a/content?disposition=inline', undefined, undefined]);
  expect(files.map(file => file.path)).toEqual([
    '/api/uploads/a/content',
    '/api/uploads/b/content',
    '/api/tickets/t/messages/m/email_parts/2',
  ]);
});

it('finds none in a message without any', () => {
  expect(filesOf({ id: 'm', ticket_id: 't', email_parts: null })).toEqual([]);
});
