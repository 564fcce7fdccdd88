// What every data provider must do with Stoa, whatever dialect it speaks.

import assert from 'node:assert/strict';
import { test } from 'node:test';

const sort = { field: 'name', order: 'ASC' };
const names = records => records.map(record => record.name);

/** Runs all methods of `provider` against resources whose names begin with `mark`. */
export function contract(title, mark, provider, visitor) {
    const create = (resource, data) => provider.create(resource, { data }).then(answer => answer.data);
    const tags = count =>
        Promise.all(
            Array.from({ length: count }, (_, at) =>
                create('tags', { name: `${mark} ${title} ${String(at).padStart(2, '0')}`, description: `number ${at}` })
            )
        );

    test(`${mark}: create and getOne give the same record`, async () => {
        const made = await create('tags', { name: `${mark} one`, colour: '#1a73e8' });
        assert.match(made.id, /^[0-9a-f]{24}$/);
        assert.equal(made.version, 1);
        const { data } = await provider.getOne('tags', { id: made.id });
        assert.deepEqual(data, made);
        await assert.rejects(provider.getOne('tags', { id: '0'.repeat(24) }), { status: 404 });
    });

    test(`${mark}: getList pages, sorts, filters and counts`, async () => {
        const made = await tags(7);
        const filter = { name_prefix: `${mark} ${title}` };
        const page = (page, order = 'ASC') =>
            provider.getList('tags', { pagination: { page, perPage: 3 }, sort: { field: 'name', order }, filter });
        const [first, last, down] = [await page(1), await page(3), await page(1, 'DESC')];
        assert.equal(first.total, 7);
        assert.equal(last.total, 7);
        const all = names(made).sort();
        assert.deepEqual(names(first.data), all.slice(0, 3));
        assert.deepEqual(names(last.data), all.slice(6));
        assert.deepEqual(names(down.data), all.slice(4).reverse());
        assert.deepEqual(first.data[0], made.find(record => record.name === all[0]));
        const beyond = await page(9);
        assert.deepEqual([beyond.data, beyond.total], [[], 7]);
        const none = await provider.getList('tags', {
            pagination: { page: 1, perPage: 3 },
            sort,
            filter: { name: `${mark} nothing` },
        });
        assert.deepEqual([none.data, none.total], [[], 0]);
        const two = await provider.getList('tags', {
            pagination: { page: 1, perPage: 10 },
            sort,
            filter: { name: all.slice(0, 2) },
        });
        assert.deepEqual(names(two.data), all.slice(0, 2));
        await assert.rejects(
            provider.getList('tags', { pagination: { page: 1, perPage: 3 }, sort, filter: { secret: 1 } }),
            { status: 422 }
        );
    });

    test(`${mark}: getMany gives every record that exists`, async () => {
        const made = await Promise.all(
            Array.from({ length: 40 }, (_, at) => create('tags', { name: `${mark} many ${at}` }))
        );
        const ids = made.map(record => record.id);
        const { data } = await provider.getMany('tags', { ids: [...ids, '0'.repeat(24)] });
        assert.deepEqual(data.map(record => record.id).sort(), ids.sort());
        const single = await provider.getMany('tags', { ids: ids.slice(0, 1) });
        assert.deepEqual(single.data.map(record => record.id), ids.slice(0, 1));
    });

    test(`${mark}: getManyReference gives the records of one other`, async () => {
        const home = await create('departments', { name: `${mark} home` });
        const away = await create('departments', { name: `${mark} away` });
        for (const [at, department] of [home, away, home, home].entries()) {
            await create('categories', { name: `${mark} category ${at}`, department_id: department.id });
        }
        const answer = await provider.getManyReference('categories', {
            target: 'department_id',
            id: home.id,
            pagination: { page: 1, perPage: 2 },
            sort: { field: 'name', order: 'DESC' },
            filter: { is_active: true },
        });
        assert.equal(answer.total, 3);
        assert.deepEqual(names(answer.data), [`${mark} category 3`, `${mark} category 2`]);
    });

    test(`${mark}: update takes the whole record back and changes what differs`, async () => {
        const made = await create('tags', { name: `${mark} before` });
        const { data } = await provider.update('tags', {
            id: made.id,
            data: { ...made, name: `${mark} after` },
            previousData: made,
        });
        assert.equal(data.name, `${mark} after`);
        assert.equal(data.version, 2);
        await assert.rejects(
            provider.update('tags', { id: made.id, data: { ...data, colour: 'blue' }, previousData: data }),
            error => {
                assert.equal(error.status, 422);
                // Where React Admin's forms look for the fault of a field.
                assert.match(error.body.errors.colour.message, /colour such as/);
                return true;
            }
        );
    });

    test(`${mark}: updateMany changes all of them`, async () => {
        const ids = (await Promise.all([1, 2, 3].map(at => create('tags', { name: `${mark} group ${at}` })))).map(
            record => record.id
        );
        const { data } = await provider.updateMany('tags', { ids, data: { description: 'together' } });
        assert.deepEqual([...data].sort(), [...ids].sort());
        const changed = await provider.getMany('tags', { ids });
        assert.deepEqual(changed.data.map(record => record.description), ['together', 'together', 'together']);
    });

    test(`${mark}: delete answers with the record, which is gone then`, async () => {
        const made = await create('tags', { name: `${mark} short-lived` });
        const { data } = await provider.delete('tags', { id: made.id, previousData: made });
        assert.equal(data.id, made.id);
        await assert.rejects(provider.getOne('tags', { id: made.id }), { status: 404 });
    });

    test(`${mark}: deleteMany removes all of them`, async () => {
        const ids = (await Promise.all([1, 2, 3].map(at => create('tags', { name: `${mark} doomed ${at}` })))).map(
            record => record.id
        );
        const { data } = await provider.deleteMany('tags', { ids });
        assert.deepEqual([...data].sort(), [...ids].sort());
        assert.deepEqual((await provider.getMany('tags', { ids })).data, []);
    });

    test(`${mark}: a role without the permission is refused with 403, which does not log out`, async () => {
        await assert.rejects(visitor.create('tags', { data: { name: `${mark} forbidden` } }), { status: 403 });
        await assert.rejects(visitor.getOne('tags', { id: '0'.repeat(24) }), { status: 403 });
    });
}
