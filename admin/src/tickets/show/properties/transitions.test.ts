// Tests of the steps of status.
import { describe, expect, it } from 'vitest';
import type { Category, Ticket } from '../../../types';
import { missingToSolve, needsReason, nextStatuses, wakeTimes } from './transitions';

describe('nextStatuses', () => {
  it('lets only administrators close', () => {
    expect(nextStatuses('open', 'content_writer')).toEqual(['pending', 'on_hold', 'solved']);
    expect(nextStatuses('open', 'company_admin')).toContain('closed');
  });

  it('leads nowhere from closed', () => {
    expect(nextStatuses('closed', 'superadmin')).toEqual([]);
  });

  it('does not lead from waiting to waiting', () => {
    expect(nextStatuses('pending', 'content_manager')).toEqual(['open', 'solved']);
  });
});

describe('needsReason', () => {
  it('wants one for closing what is not solved', () => {
    expect(needsReason('open', 'closed')).toBe(true);
    expect(needsReason('solved', 'closed')).toBe(false);
  });
});

describe('missingToSolve', () => {
  const category = { required_for_solved: ['tag_ids', 'assignee_id', 'external_id'] } as Category;

  it('names what is empty', () => {
    const ticket = { tag_ids: [], assignee_id: 'a', external_id: null } as unknown as Ticket;
    expect(missingToSolve(ticket, category)).toEqual(['tag_ids', 'external_id']);
  });

  it('wants nothing without a category', () => {
    expect(missingToSolve({ tag_ids: [] } as unknown as Ticket)).toEqual([]);
  });
});

describe('wakeTimes', () => {
  it('are all ahead, and next week begins on a Monday', () => {
    for (let day = 1; day <= 7; day += 1) {
      const now = new Date(2026, 5, day, 15, 30);
      const times = wakeTimes(now);
      expect(times.every(time => time.at > now)).toBe(true);
      expect(times.at(-1)?.at.getDay()).toBe(1);
    }
  });
});
