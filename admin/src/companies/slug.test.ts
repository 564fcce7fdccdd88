// Tests of short names.
import { describe, expect, it } from 'vitest';
import { slugOf } from './slug';

describe('slugOf', () => {
  it('makes short names that the server takes', () => {
    expect(slugOf('Acme Support')).toBe('acme-support');
    expect(slugOf('Umbra & Söhne GmbH')).toBe('umbra-sohne-gmbh');
    expect(slugOf('3 Maße!')).toBe('masse');
    expect(slugOf('a'.repeat(60))).toHaveLength(40);
    expect(slugOf('株式会社')).toBe('');
  });
});
