import { describe, expect, it } from 'vitest';
import { digitsOf, isWhole, recoveryOf } from './code';

describe('codes of digits', () => {
  it('takes them with what people paste around them', () => {
    expect(digitsOf(' 123 456 ')).toBe('123456');
    expect(digitsOf('123-456')).toBe('123456');
    expect(digitsOf('Your code: 012345.')).toBe('012345');
    expect(digitsOf('１２３４５６')).toBe('123456');
  });

  it('takes no more than there are', () => {
    expect(digitsOf('1234567')).toBe('123456');
    expect(digitsOf('abc')).toBe('');
  });

  it('is whole with all digits only', () => {
    expect(isWhole('12345')).toBe(false);
    expect(isWhole('000000')).toBe(true);
  });
});

describe('recovery codes', () => {
  it('are taken as people type them off', () => {
    expect(recoveryOf('  abcd-efgh ')).toBe('ABCD-EFGH');
    expect(recoveryOf('abcd efgh  jkmn')).toBe('ABCD-EFGH-JKMN');
  });
});
