// Two people change one record: what the live server refuses, merges and tells, as the data provider handles it.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Conflict, type Resolution, setConflictResolver } from '../src/api/conflicts';
import { dataProvider } from '../src/dataProvider';
import type { Tag, Ticket } from '../src/types';
import { as, direct, mark, sent, watch } from './live';

let asked: Conflict[];
let count = 0;

function answer(...answers: Resolution[]): void {
  setConflictResolver(async conflict => {
    asked.push(conflict);
    return answers.shift() ?? null;
  });
}

const other = <T>(path: string, body: object) => direct<T>('content_manager', 'PATCH', path, body);
const writes = () => sent.filter(one => one.method === 'PATCH').map(one => one.body);

beforeEach(() => {
  as('company_admin');
  asked = [];
  count += 1;
  watch();
});
afterEach(() => setConflictResolver(null));

describe('a tag', () => {
  const make = () =>
    direct<Tag>('company_admin', 'POST', '/api/tags', { name: `${mark} conflict ${count}`, colour: '#111111' });
  const update = (tag: Tag, changed: Partial<Tag>) =>
    dataProvider.update<Tag>('tags', { id: tag.id, data: { ...tag, ...changed }, previousData: tag });

  test('of which others changed another field is saved without a question', async () => {
    const tag = await make();
    await other(`/api/tags/${tag.id}`, { description: 'theirs' });
    answer();
    const { data } = await update(tag, { colour: '#222222' });
    expect(data).toMatchObject({ colour: '#222222', description: 'theirs', version: 3 });
    expect(asked).toEqual([]);
  });

  test('keeps mine where I say so and theirs elsewhere', async () => {
    const tag = await make();
    await other(`/api/tags/${tag.id}`, { description: 'theirs', colour: '#333333' });
    answer({ keep: ['description'] });
    const { data } = await update(tag, { colour: '#222222', description: 'mine' });
    expect(data).toMatchObject({ colour: '#333333', description: 'mine', version: 3 });
    expect(asked[0]).toMatchObject({ resource: 'tags', id: tag.id });
    expect(asked[0]?.fields.map(({ field, yours, theirs }) => [field, yours, theirs])).toEqual([
      ['colour', '#222222', '#333333'],
      ['description', 'mine', 'theirs'],
    ]);
  });

  test('stays as others made it when I give up', async () => {
    const tag = await make();
    await other(`/api/tags/${tag.id}`, { colour: '#333333' });
    answer(null);
    await expect(update(tag, { colour: '#222222' })).rejects.toThrow(/^Nothing was saved/);
    const now = await direct<Tag>('company_admin', 'GET', `/api/tags/${tag.id}`);
    expect(now).toMatchObject({ colour: '#333333', version: 2 });
  });
});

describe('a ticket', () => {
  const make = () => direct<Ticket>('company_admin', 'POST', '/api/tickets', { subject: `${mark} conflict ${count}` });
  const update = (ticket: Ticket, changed: Partial<Ticket>) =>
    dataProvider.update<Ticket>('tickets', { id: ticket.id, data: { ...ticket, ...changed }, previousData: ticket });

  test('is merged by the server', async () => {
    const ticket = await make();
    await other(`/api/tickets/${ticket.id}`, { subject: 'Theirs' });
    const { data } = await update(ticket, { priority: 'high' });
    expect(data).toMatchObject({ subject: 'Theirs', priority: 'high' });
    expect(writes()).toEqual([{ priority: 'high', version: ticket.version }]);
  });

  test('of which both changed a field asks, with who did it and when', async () => {
    const ticket = await make();
    await other(`/api/tickets/${ticket.id}`, { subject: 'Theirs' });
    answer({ keep: ['subject'] });
    const { data } = await update(ticket, { subject: 'Mine', priority: 'urgent' });
    expect(data).toMatchObject({ subject: 'Mine', priority: 'urgent' });
    expect(asked[0]?.fields).toEqual([
      {
        field: 'subject',
        yours: 'Mine',
        theirs: 'Theirs',
        changedBy: expect.stringContaining('content_manager'),
        changedAt: expect.stringMatching(/^20/),
      },
    ]);
  });

  test('takes theirs', async () => {
    const ticket = await make();
    await other(`/api/tickets/${ticket.id}`, { subject: 'Theirs' });
    answer({ keep: [] });
    const { data } = await update(ticket, { subject: 'Mine' });
    expect(data.subject).toBe('Theirs');
    expect(writes()).toHaveLength(1);
  });
});
