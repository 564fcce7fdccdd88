// The data provider against a live server: lists, records, bulk calls, messages.
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { authProvider } from '../src/authProvider';
import { exportLines } from '../src/api/export';
import { onPartial } from '../src/api/partial';
import { isLoggedIn } from '../src/api/session';
import { dataProvider } from '../src/dataProvider';
import type { Tag, Ticket, TicketEvent, TicketMessage, User } from '../src/types';
import { as, direct, mark, sent, watch } from './live';

vi.mock('../src/api/lists', async original => ({ ...(await original<object>()), MAX_PAGE: 100 }));

const sort = { field: 'name', order: 'ASC' } as const;
const ids = (records: { id: string }[]) => records.map(record => record.id);

async function tags(name: string, count: number): Promise<Tag[]> {
  const made: Tag[] = [];
  for (let from = 0; from < count; from += 10) {
    const part = Array.from({ length: Math.min(10, count - from) }, (_, at) => from + at);
    const names = part.map(at => ({ name: `${mark} ${name} ${String(at).padStart(3, '0')}` }));
    made.push(...(await Promise.all(names.map(body => direct<Tag>('company_admin', 'POST', '/api/tags', body)))));
  }
  return made;
}

const ticket = (subject: string) => direct<Ticket>('company_admin', 'POST', '/api/tickets', { subject });

beforeEach(() => {
  as('company_admin');
  watch();
});
afterEach(() => watch());

describe('lists', () => {
  let many: Tag[];
  beforeAll(async () => {
    many = await tags('many', 230);
  }, 60_000);

  test('pages by cursor are the pages by number', async () => {
    const filter = { name_prefix: `${mark} many` };
    const page = (number: number) =>
      dataProvider.getList<Tag>('tags', { pagination: { page: number, perPage: 50 }, sort, filter });
    const forward = [];
    for (const number of [1, 2, 3, 4, 5]) forward.push(await page(number));
    expect(sent.map(request => [request.query.get('page'), request.query.has('after')])).toEqual([
      ['1', false],
      [null, true],
      [null, true],
      [null, true],
      [null, true],
    ]);
    const query = `per_page=50&sort=name&filter=${encodeURIComponent(JSON.stringify(filter))}`;
    for (const [at, answer] of forward.entries()) {
      const numbered = await direct<{ data: Tag[] }>('company_admin', 'GET', `/api/tags?page=${at + 1}&${query}`);
      expect(ids(answer.data)).toEqual(ids(numbered.data));
      expect(answer.pageInfo).toEqual({ hasNextPage: at < 4, hasPreviousPage: at > 0 });
      expect(answer.total).toBe(230);
    }
    expect(ids(forward.flatMap(answer => answer.data))).toEqual(ids(many));
    watch();
    const jump = await page(4);
    const down = { field: 'name', order: 'DESC' } as const;
    const other = await dataProvider.getList<Tag>('tags', { pagination: { page: 2, perPage: 50 }, sort: down, filter });
    expect(ids(jump.data)).toEqual(ids(forward[3]?.data ?? []));
    expect(ids(other.data)).toEqual(ids([...many].reverse().slice(50, 100)));
    expect(sent.map(request => request.query.get('page'))).toEqual([null, '2']);
  });

  test('a filter by ids alone is answered as a list', async () => {
    const wanted = ids(many.slice(0, 3));
    const answer = await dataProvider.getList<Tag>('tags', { filter: { id: wanted } });
    expect(ids(answer.data).sort()).toEqual(wanted.sort());
    expect(answer.total).toBe(3);
  });

  test('getMany takes any number of ids and leaves out what is not there', async () => {
    const { data } = await dataProvider.getMany<Tag>('tags', { ids: [...ids(many), '0'.repeat(24)] });
    expect(ids(data).sort()).toEqual(ids(many).sort());
    expect(sent).toHaveLength(2);
  });

  test('getManyReference narrows to one other record', async () => {
    const home = { name: `${mark} home` };
    const department = await direct<{ id: string }>('company_admin', 'POST', '/api/departments', home);
    const body = { name: `${mark} inside`, department_id: department.id };
    const category = await direct<{ id: string }>('company_admin', 'POST', '/api/categories', body);
    const answer = await dataProvider.getManyReference('categories', {
      target: 'department_id',
      id: department.id,
      pagination: { page: 1, perPage: 10 },
      sort,
      filter: { is_active: true },
    });
    expect([ids(answer.data), answer.total]).toEqual([[category.id], 1]);
  });

  test('an aborted read is no failure of the connection', async () => {
    const stop = new AbortController();
    const reading = dataProvider.getList('tags', { signal: stop.signal });
    stop.abort();
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' });
    expect(sent.filter(request => request.path.startsWith('/health'))).toEqual([]);
  });

  test('a read survives a short outage', async () => {
    let left = 2;
    watch(request => (request.path === '/api/tags' && left-- > 0 ? 'unsent' : undefined));
    expect((await dataProvider.getList('tags', { filter: { name_prefix: mark } })).total).toBe(230);
  });

  test('an export has every record once', async () => {
    const progress: [number, number?][] = [];
    const lines: string[] = [];
    const columns = [
      { label: 'Id', value: (tag: Tag) => tag.id },
      { label: 'Name', value: (tag: Tag) => tag.name },
    ];
    const options = { resource: 'tags', sort, filter: { name_prefix: `${mark} many` }, columns, filename: 'tags.csv' };
    const signal = new AbortController().signal;
    const onProgress = (done: number, total?: number) => void progress.push([done, total]);
    for await (const part of exportLines<Tag>({ ...options, onProgress, signal })) lines.push(part);
    const expected = many.map(tag => `${tag.id},${tag.name}\r\n`).join('');
    expect(lines.join('')).toBe(`\ufeffId,Name\r\n${expected}`);
    expect(progress).toEqual([
      [100, 230],
      [200, 230],
      [230, 230],
    ]);
  });
});

describe('records', () => {
  test('one is created however often the answer is lost', async () => {
    const data = { name: `${mark} created` };
    let lost = 0;
    watch(request => (request.method === 'POST' && lost++ < 2 ? 'answer lost' : undefined));
    const { data: made } = await dataProvider.create<Tag>('tags', { data });
    const keys = sent.filter(one => one.method === 'POST').map(one => one.headers.get('Idempotency-Key'));
    expect([keys.length, new Set(keys).size]).toEqual([3, 1]);
    const found = await dataProvider.getList<Tag>('tags', { filter: { name: data.name } });
    expect(ids(found.data)).toEqual([made.id]);
  });

  test('one is created though the first submit failed for good', async () => {
    const data = { subject: `${mark} submitted twice` };
    watch(request => (request.method === 'POST' ? 'answer lost' : undefined));
    await expect(dataProvider.create('tickets', { data })).rejects.toMatchObject({ status: 0, code: 'unreachable' });
    watch();
    const { data: made } = await dataProvider.create<Ticket>('tickets', { data });
    const found = await dataProvider.getList<Ticket>('tickets', { filter: { q: `${mark} submitted` } });
    expect(ids(found.data)).toEqual([made.id]);
    const again = await dataProvider.create<Ticket>('tickets', { data });
    expect(again.data.id).not.toBe(made.id);
  });

  test('an update sends what differs, and nothing when nothing does', async () => {
    const [tag] = (await tags('updated', 1)) as [Tag];
    const same = await dataProvider.update('tags', { id: tag.id, data: { ...tag }, previousData: tag });
    expect([same.data, sent.length]).toEqual([tag, 0]);
    const data = { ...tag, colour: '#336699' };
    const { data: saved } = await dataProvider.update<Tag>('tags', { id: tag.id, data, previousData: tag });
    expect(saved).toMatchObject({ colour: '#336699', version: 2 });
    expect(sent.map(one => [one.method, one.body, one.headers.get('If-Match')])).toEqual([
      ['PATCH', { colour: '#336699' }, '"1"'],
    ]);
  });

  test('a fault of a field is where forms look for it', async () => {
    const [tag] = (await tags('faulty', 1)) as [Tag];
    const update = dataProvider.update('tags', { id: tag.id, data: { ...tag, colour: 'blue' }, previousData: tag });
    const body = { errors: { colour: { message: expect.any(String) } } };
    await expect(update).rejects.toMatchObject({ status: 422, body });
  });

  test('settings are changed from the version that was seen', async () => {
    const { data } = await dataProvider.getList('settings', {});
    const [before] = data;
    const hours = before.auto_close_hours === 72 ? 96 : 72;
    const change = { id: before.id, data: { ...before, auto_close_hours: hours }, previousData: before };
    const { data: saved } = await dataProvider.update('settings', change);
    expect(saved.auto_close_hours).toBe(hours);
  });

  test('delete answers with the record; one that changed meanwhile stays', async () => {
    const [tag] = (await tags('deleted', 1)) as [Tag];
    const changed = await direct<Tag>('company_admin', 'PATCH', `/api/tags/${tag.id}`, { description: 'still used' });
    await expect(dataProvider.delete('tags', { id: tag.id, previousData: tag })).rejects.toMatchObject({ status: 412 });
    const { data } = await dataProvider.delete<Tag>('tags', { id: tag.id, previousData: changed });
    expect(data.id).toBe(tag.id);
    await expect(dataProvider.getOne('tags', { id: tag.id })).rejects.toMatchObject({ status: 404, code: 'not_found' });
  });

  test('an action answers with the record as it is then', async () => {
    const made = await ticket(`${mark} solved`);
    const { data } = await dataProvider.action<Ticket>('tickets', made.id, 'status', { status: 'solved' });
    expect(data.status).toBe('solved');
    const { data: taken } = await dataProvider.action<Ticket>('tickets', made.id, 'take');
    expect(taken.assignee_id).not.toBeNull();
    const stale = dataProvider.action('tickets', made.id, 'archive', {}, { version: 1 });
    await expect(stale).rejects.toMatchObject({ code: 'precondition_failed' });
  });

  test('a refusal logs nobody out', async () => {
    as('client');
    const error = await dataProvider.create('tags', { data: { name: mark } }).catch(caught => caught);
    expect(error).toMatchObject({ status: 403 });
    await expect(authProvider.checkError(error)).resolves.toBeUndefined();
    expect(isLoggedIn()).toBe(true);
    expect(await authProvider.canAccess?.({ resource: 'tags', action: 'create' })).toBe(false);
    expect(await authProvider.canAccess?.({ resource: 'tickets', action: 'create' })).toBe(true);
    expect(await authProvider.canAccess?.({ resource: 'tickets.subject', action: 'write' })).toBe(true);
    expect(await authProvider.canAccess?.({ resource: 'tickets.priority', action: 'write' })).toBe(false);
    expect(await authProvider.getPermissions?.({})).toEqual({ role: 'client' });
  });
});

describe('bulk calls', () => {
  test('assign many tickets at once', async () => {
    const made = [await ticket(`${mark} bulk 1`), await ticket(`${mark} bulk 2`)];
    const filter = { role: 'content_writer' };
    const [writer] = (await dataProvider.getList<User>('users', { filter })).data;
    watch();
    const bulk = { action: 'assign', assignee_id: writer?.id };
    const answer = await dataProvider.updateMany('tickets', { ids: ids(made), data: {}, meta: { bulk } });
    expect(answer.data).toEqual(ids(made));
    expect(sent.map(one => [one.method, one.path, one.headers.has('Idempotency-Key')])).toEqual([
      ['POST', '/api/tickets/bulk', true],
    ]);
    const { data } = await dataProvider.getMany<Ticket>('tickets', { ids: ids(made) });
    expect(data.map(one => one.assignee_id)).toEqual([writer?.id, writer?.id]);
  });

  test('tell of the part that failed', async () => {
    const made = await ticket(`${mark} bulk 3`);
    const heard = vi.fn();
    const off = onPartial(heard);
    const [tag] = (await tags('bulk', 1)) as [Tag];
    const bulk = { action: 'add_tags', tag_ids: [tag.id] };
    const missing = '0'.repeat(24);
    const answer = await dataProvider.updateMany('tickets', { ids: [made.id, missing], data: {}, meta: { bulk } });
    expect(answer.data).toEqual([made.id]);
    expect(heard).toHaveBeenCalledExactlyOnceWith({
      resource: 'tickets',
      done: [made.id],
      failures: [expect.objectContaining({ id: missing, status: 404, message: expect.any(String) })],
    });
    off();
    const none = dataProvider.updateMany('tickets', { ids: [missing], data: { priority: 'low' } });
    await expect(none).rejects.toMatchObject({ status: 404 });
  });

  test('change and delete many records', async () => {
    const made = await tags('group', 3);
    await dataProvider.updateMany('tags', { ids: ids(made), data: { description: 'together' } });
    const { data } = await dataProvider.getMany<Tag>('tags', { ids: ids(made) });
    expect(data.map(tag => tag.description)).toEqual(['together', 'together', 'together']);
    expect((await dataProvider.deleteMany('tags', { ids: ids(made) })).data).toEqual(ids(made));
    expect((await dataProvider.getMany('tags', { ids: ids(made) })).data).toEqual([]);
  });
});

test('messages and events are those of their ticket', async () => {
  const made = await ticket(`${mark} talk`);
  const reference = { target: 'ticket_id', id: made.id, pagination: { page: 1, perPage: 50 }, filter: {} };
  const bySeq = { field: 'seq', order: 'ASC' } as const;
  const data = { ticket_id: made.id, body: 'Somebody is on the way.', kind: 'public_reply' };
  const { data: message } = await dataProvider.create<TicketMessage>('ticket_messages', { data });
  const note = { body: 'Not for them.', kind: 'private_note' };
  await dataProvider.create('ticket_messages', { data: note, meta: { ticket_id: made.id } });
  const change = { id: message.id, data: { ...message, body: 'Two are on the way.' }, previousData: message };
  const { data: corrected } = await dataProvider.update<TicketMessage>('ticket_messages', change);
  expect(corrected.body).toBe('Two are on the way.');
  const list = () => dataProvider.getManyReference<TicketMessage>('ticket_messages', { ...reference, sort: bySeq });
  expect((await list()).data.map(one => one.body)).toEqual(['Two are on the way.', 'Not for them.']);
  await dataProvider.delete('ticket_messages', { id: message.id, previousData: corrected });
  expect((await list()).data[0]?.redacted_at).not.toBeNull();
  const events = await dataProvider.getManyReference<TicketEvent>('ticket_events', { ...reference, sort: bySeq });
  expect(events.data.map(event => event.kind)).toEqual([
    'ticket.created',
    'message.added',
    'message.added',
    'message.edited',
    'message.redacted',
  ]);
  expect(events.data.every(event => event.ticket_id === made.id)).toBe(true);
});
