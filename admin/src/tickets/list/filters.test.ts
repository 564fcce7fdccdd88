// Filters are read and written the same way, whoever wrote them.
import { describe, expect, it } from 'vitest';
import {
  FILTER_FIELDS,
  isSet,
  normalise,
  readDays,
  readFlag,
  readValues,
  sameFilter,
  unknownMembers,
  withoutField,
  writeDays,
  writeFlag,
  writeValues,
  type FilterField,
} from './filters';

function field(name: string): FilterField {
  const found = FILTER_FIELDS.find(one => one.name === name);
  if (!found) throw new Error(name);
  return found;
}

describe('values', () => {
  it('are read in every writing', () => {
    expect(readValues({ status: 'open' }, field('status'))).toEqual(['open']);
    expect(readValues({ status: ['open', 'new'] }, field('status'))).toEqual(['open', 'new']);
    expect(readValues({ status_in: ['open'] }, field('status'))).toEqual(['open']);
    expect(readValues({ assignee_id: null }, field('assignee'))).toEqual([null]);
    expect(readValues({ assignee_id_isnull: true }, field('assignee'))).toEqual([null]);
    expect(readValues({ tag_ids_inc_any: ['a', 'b'] }, field('tags'))).toEqual(['a', 'b']);
  });

  it('are written as the API takes them', () => {
    expect(writeValues({ status: 'open', q: 'x' }, field('status'), ['new'])).toEqual({ q: 'x', status_in: ['new'] });
    expect(writeValues({}, field('assignee'), ['me'])).toEqual({ assignee_id: 'me' });
    expect(writeValues({}, field('assignee'), [null])).toEqual({ assignee_id_isnull: true });
    expect(writeValues({}, field('assignee'), ['me', null])).toEqual({ assignee_id_in: ['me', null] });
    expect(writeValues({}, field('tags'), ['a'])).toEqual({ tag_ids_inc_any: ['a'] });
    expect(writeValues({ tag_ids_inc_any: ['a'] }, field('tags'), [])).toEqual({});
  });
});

describe('days', () => {
  it('are whole days of the reader', () => {
    const written = writeDays({}, field('created'), { from: '2026-03-01', to: '2026-03-31' });
    expect(written).toEqual({
      created_at_gte: new Date(2026, 2, 1).toISOString(),
      created_at_lt: new Date(2026, 3, 1).toISOString(),
    });
    expect(readDays(written, field('created'))).toEqual({ from: '2026-03-01', to: '2026-03-31' });
  });

  it('may be open to one side', () => {
    const written = writeDays({}, field('created'), { from: '2026-03-01' });
    expect(Object.keys(written)).toEqual(['created_at_gte']);
    expect(readDays(written, field('created'))).toEqual({ from: '2026-03-01', to: undefined });
    expect(isSet({}, field('created'))).toBe(false);
  });
});

describe('flags', () => {
  it('are yes, no, or not asked for', () => {
    expect(readFlag({}, field('spam'))).toBeUndefined();
    expect(readFlag({ is_spam: false }, field('spam'))).toBe(false);
    expect(writeFlag({}, field('unanswered'), true)).toEqual({ first_responded_at_isnull: true });
    expect(writeFlag({ archived: true }, field('archived'), undefined)).toEqual({});
  });
});

describe('filters', () => {
  it('mean the same in different writings', () => {
    expect(sameFilter({ status: 'open' }, { status_in: ['open'] })).toBe(true);
    expect(sameFilter({ status_in: ['open', 'new'] }, { status: ['new', 'open'] })).toBe(true);
    expect(sameFilter({ assignee_id: null }, { assignee_id_isnull: true })).toBe(true);
    expect(sameFilter({ status_in: ['open'] }, { status_in: ['open'], q: 'x' })).toBe(false);
    expect(normalise({ q: '' })).toEqual({});
  });

  it('keep what they do not know', () => {
    const filter = { number_gt: 5, status: 'open', updated_at_gt: 'x', q: 'y' };
    expect(unknownMembers(filter)).toEqual(['number_gt', 'updated_at_gt']);
    expect(withoutField(filter, field('status'))).toEqual({ number_gt: 5, updated_at_gt: 'x', q: 'y' });
  });
});
