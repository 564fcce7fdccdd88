// Tests of who may give which role.
import { describe, expect, it } from 'vitest';
import { grantable } from './rights';

describe('grantable', () => {
  it('lets operators make operators outside companies, and all others inside', () => {
    expect(grantable('superadmin', false)).toEqual(['superadmin']);
    expect(grantable('superadmin', true)).not.toContain('superadmin');
    expect(grantable('superadmin', true)).toContain('company_admin');
  });

  it('never lets anyone give a role above their own', () => {
    expect(grantable('company_admin', true)).not.toContain('superadmin');
    expect(grantable('content_manager', true)).toEqual(['client']);
    expect(grantable('content_writer', true)).toEqual([]);
    expect(grantable('client', true)).toEqual([]);
    expect(grantable(undefined, true)).toEqual([]);
  });
});
