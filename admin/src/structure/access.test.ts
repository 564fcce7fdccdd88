// Tests of which records a permission covers.
import { describe, expect, it } from 'vitest';
import type { Role, StoaRecord } from '../types';
import { covers } from './access';

const record = (
  id: string,
  more: { role?: Role; lead_ids?: string[]; created_by?: string } = {}
): StoaRecord & typeof more => ({
  id,
  company_id: 'company',
  created_at: '2026-01-01T00:00:00.000Z',
  updated_at: '2026-01-01T00:00:00.000Z',
  version: 1,
  ...more,
});
const me = (role: Role) => ({ id: 'me', role });

describe('covers', () => {
  it('covers nothing without a reach, or with one that is not known', () => {
    expect(covers(undefined, me('superadmin'), record('a'))).toBe(false);
    expect(covers('public', me('superadmin'), record('a'))).toBe(false);
  });

  it('covers peers and those below, but nobody above', () => {
    const admin = me('company_admin');
    expect(covers('ranked', admin, record('a', { role: 'company_admin' }))).toBe(true);
    expect(covers('ranked', admin, record('a', { role: 'client' }))).toBe(true);
    expect(covers('ranked', admin, record('a', { role: 'superadmin' }))).toBe(false);
  });

  it('covers clients and oneself for those who look after clients', () => {
    const manager = me('content_manager');
    expect(covers('clients', manager, record('a', { role: 'client' }))).toBe(true);
    expect(covers('clients', manager, record('me', { role: 'content_manager' }))).toBe(true);
    expect(covers('clients', manager, record('a', { role: 'content_writer' }))).toBe(false);
  });

  it('covers what one leads, made or is', () => {
    expect(covers('lead', me('content_manager'), record('a', { lead_ids: ['me'] }))).toBe(true);
    expect(covers('lead', me('content_manager'), record('a', { lead_ids: ['you'] }))).toBe(false);
    expect(covers('own', me('client'), record('a', { created_by: 'me' }))).toBe(true);
    expect(covers('self', me('client'), record('a'))).toBe(false);
  });
});
