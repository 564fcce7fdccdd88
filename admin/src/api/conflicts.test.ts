// Saving beside others: what is merged in silence, what is asked, and what is given up.
import { afterEach, describe, expect, test, vi } from 'vitest';
import { type Conflict, type Resolution, save, setConflictResolver } from './conflicts';
import { ApiError } from './http';

interface Row extends Record<string, unknown> {
  version: number;
}

/** A server with one record that checks versions; `others` change it before each of the first writes. */
function server(start: Row, others: Record<string, unknown>[]) {
  let row = start;
  const writes: [Record<string, unknown>, number][] = [];
  return {
    writes,
    row: () => row,
    read: async () => row,
    write: async (fields: Record<string, unknown>, version: number) => {
      const other = others.shift();
      if (other) row = { ...row, ...other, version: row.version + 1 };
      writes.push([fields, version]);
      if (version !== row.version) {
        const conflicts = [{ field: 'name', changed_by: 'Someone', changed_at: '2026-01-01T00:00:00.000Z' }];
        throw new ApiError('stale', 409, 'version_conflict', { code: 'version_conflict', conflicts });
      }
      row = { ...row, ...fields, version: row.version + 1 };
      return row;
    },
  };
}

const start = { version: 1, name: 'a', colour: 'red', note: 'n' };

function change(changed: Record<string, unknown>, at: ReturnType<typeof server>) {
  return save({ resource: 'tags', id: '1', changed, previous: start, read: at.read, write: at.write });
}

/** A resolver with the given answers, and what it was asked. */
function resolver(...answers: Resolution[]) {
  const asked: Conflict[] = [];
  setConflictResolver(async conflict => {
    asked.push(conflict);
    return answers.shift() ?? null;
  });
  return asked;
}

afterEach(() => setConflictResolver(null));

describe('a change beside others', () => {
  test('of other fields is saved without a question', async () => {
    const asked = resolver();
    const at = server(start, [{ colour: 'blue' }, { note: 'm' }]);
    expect(await change({ name: 'b' }, at)).toEqual({ version: 4, name: 'b', colour: 'blue', note: 'm' });
    expect(asked).toEqual([]);
    expect(at.writes).toEqual([
      [{ name: 'b' }, 1],
      [{ name: 'b' }, 2],
      [{ name: 'b' }, 3],
    ]);
  });

  test('to the same value needs no second write', async () => {
    const at = server(start, [{ name: 'b' }]);
    expect(await change({ name: 'b' }, at)).toMatchObject({ name: 'b', version: 2 });
    expect(at.writes).toHaveLength(1);
  });

  test('of the same field asks, with who did it', async () => {
    const asked = resolver({ keep: ['name'] });
    const at = server(start, [{ name: 'c' }]);
    expect(await change({ name: 'b', colour: 'blue' }, at)).toMatchObject({ name: 'b', colour: 'blue', version: 3 });
    expect(asked).toEqual([
      {
        resource: 'tags',
        id: '1',
        fields: [
          {
            field: 'name',
            yours: 'b',
            theirs: 'c',
            changedBy: 'Someone',
            changedAt: '2026-01-01T00:00:00.000Z',
          },
        ],
      },
    ]);
  });

  test('takes theirs and saves the rest', async () => {
    resolver({ keep: [] });
    const at = server(start, [{ name: 'c' }]);
    expect(await change({ name: 'b', colour: 'blue' }, at)).toMatchObject({ name: 'c', colour: 'blue' });
    expect(at.writes.at(-1)).toEqual([{ colour: 'blue' }, 2]);
  });

  test('is over when all of it is given up for theirs', async () => {
    resolver({ keep: [] });
    const at = server(start, [{ name: 'c' }]);
    expect(await change({ name: 'b' }, at)).toMatchObject({ name: 'c', version: 2 });
    expect(at.writes).toHaveLength(1);
  });

  test('asks again only for what was changed after the answer', async () => {
    const asked = resolver({ keep: ['name', 'colour'] }, { keep: ['colour'] });
    const at = server(start, [{ name: 'c' }, { colour: 'green' }]);
    expect(await change({ name: 'b', colour: 'blue' }, at)).toMatchObject({ name: 'b', colour: 'blue' });
    expect(asked.map(one => one.fields.map(field => field.field))).toEqual([['name'], ['colour']]);
  });

  test('that is given up saves nothing and says so', async () => {
    resolver(null);
    const at = server(start, [{ name: 'c' }]);
    const given = change({ name: 'b' }, at);
    const message = expect.stringMatching(/^Nothing was saved/);
    await expect(given).rejects.toMatchObject({ code: 'not_saved', message });
    expect(at.row().name).toBe('c');
  });

  test('without anybody to ask saves nothing', async () => {
    await expect(change({ name: 'b' }, server(start, [{ name: 'c' }]))).rejects.toMatchObject({ code: 'not_saved' });
  });

  test('ends when others never stop', async () => {
    const at = server(
      start,
      Array.from({ length: 50 }, (_, n) => ({ note: String(n) })),
    );
    await expect(change({ name: 'b' }, at)).rejects.toMatchObject({ code: 'version_conflict' });
    expect(at.writes.length).toBeLessThan(10);
  });

  test('fails as it does for other reasons', async () => {
    const write = vi.fn(async () => {
      throw new ApiError('no', 422, 'validation_failed');
    });
    const at = { ...server(start, []), write };
    await expect(change({ name: '' }, at)).rejects.toMatchObject({ code: 'validation_failed' });
    expect(write).toHaveBeenCalledOnce();
  });
});
