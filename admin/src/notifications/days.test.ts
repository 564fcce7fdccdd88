// How notifications fall into days.
import { describe, expect, it } from 'vitest';
import { groupByDay, nameOfDay } from './days';

const at = (day: number, hour: number) => ({ created_at: new Date(2026, 10, day, hour).toISOString() });

describe('groupByDay', () => {
  it('keeps the order and starts a group at each new day', () => {
    const groups = groupByDay([at(21, 9), at(21, 0), at(20, 23), at(18, 12)]);
    expect(groups.map(group => group.items.length)).toEqual([2, 1, 1]);
    expect(groups.map(group => new Date(group.day).getDate())).toEqual([21, 20, 18]);
  });

  it('makes nothing of nothing', () => {
    expect(groupByDay([])).toEqual([]);
  });
});

describe('nameOfDay', () => {
  it('calls the two latest days by name', () => {
    const now = new Date(2026, 10, 21, 15).getTime();
    const day = (date: number) => new Date(2026, 10, date).getTime();
    expect([21, 20, 19].map(date => nameOfDay(day(date), now))).toEqual(['today', 'yesterday', 'date']);
  });
});
