// Tests of first passwords.
import { describe, expect, it } from 'vitest';
import { firstPassword } from './firstPassword';

describe('firstPassword', () => {
  it('is long enough, easy to read, and never the same', () => {
    const made = new Set(Array.from({ length: 200 }, firstPassword));
    expect(made.size).toBe(200);
    for (const password of made) expect(password).toMatch(/^([a-hjkmnp-z2-9]{5}-){4}[a-hjkmnp-z2-9]{5}$/);
  });
});
