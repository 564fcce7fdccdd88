import { describe, expect, it } from 'vitest';
import { ApiError } from '../api/http';
import { fieldFaults } from './useSubmit';

describe('faults of fields', () => {
  it('are read in both shapes, without their summary', () => {
    const error = new ApiError('no', 422, 'validation_failed', {
      errors: { root: { serverError: 'no' }, password: { message: 'is too easy' }, name: 'is required', odd: {} },
    });
    expect(fieldFaults(error)).toEqual({ password: 'is too easy', name: 'is required' });
  });

  it('are none where the server names none', () => {
    expect(fieldFaults(new ApiError('no', 422, 'invalid_token', {}))).toEqual({});
    expect(fieldFaults(new TypeError('broken'))).toEqual({});
  });
});
