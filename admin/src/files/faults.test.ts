// Tests of what is told of a file that is not taken.
import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/client';
import type { Upload } from '../types';
import { faultIn, faultOf } from './faults';

const refusal = (status: number, code: string, more: object = {}) => new ApiError(code, status, code, { code, ...more });

describe('faultOf', () => {
  it('tells what another try cannot change', () => {
    const large = faultOf(refusal(413, 'payload_too_large', { limit: 10 }));
    expect(large).toEqual({ code: 'too_large', again: false, limit: 10 });
    expect(faultOf(refusal(422, 'validation_failed', { errors: { filename: {} } })).code).toBe('program');
    expect(faultOf(refusal(422, 'validation_failed', { errors: { content_type: {} } }))).toEqual({
      code: 'type',
      again: false,
    });
    expect(faultOf(new DOMException('gone', 'NotReadableError'))).toEqual({ code: 'unreadable', again: false });
  });

  it('offers another try where that may help', () => {
    for (const code of ['unreachable', 'overloaded', 'quota_exceeded', 'dependency_unavailable', 'internal']) {
      expect(faultOf(refusal(503, code)).again, code).toBe(true);
    }
    expect(faultOf(refusal(422, 'validation_failed', { errors: { sha256: {} } })).code).toBe('checksum_mismatch');
    expect(faultOf(new TypeError('?')).again).toBe(true);
  });

  it('gives the words of the server where it has none of its own', () => {
    expect(faultOf(new ApiError('Because.', 409, 'strange'))).toEqual({ code: 'other', again: true, said: 'Because.' });
  });
});

describe('faultIn', () => {
  const upload = (state: string, quarantine_reason: string | null = null) => ({ state, quarantine_reason }) as Upload;

  it('finds none in what is ready', () => {
    expect(faultIn(upload('ready'))).toBeUndefined();
  });

  it('tells why a file is kept back', () => {
    expect(faultIn(upload('quarantined', 'executable'))).toEqual({ code: 'executable', again: false });
    expect(faultIn(upload('quarantined', 'size_mismatch'))).toEqual({ code: 'size_mismatch', again: true });
    expect(faultIn(upload('pending'))?.code).toBe('gone');
  });
});
