// Tests of when somebody is away.
import { describe, expect, it } from 'vitest';
import { isAway } from './PersonStatus';

const at = (time: string) => new Date(time).getTime();

describe('isAway', () => {
  const absence = { from: '2026-12-24T10:00:00.000Z', to: '2026-12-27T10:00:00.000Z' };

  it('is from the beginning until just before the end', () => {
    expect(isAway(absence, at('2026-12-24T09:59:59Z'))).toBe(false);
    expect(isAway(absence, at('2026-12-24T10:00:00Z'))).toBe(true);
    expect(isAway(absence, at('2026-12-27T10:00:00Z'))).toBe(false);
  });

  it('is not without an absence', () => {
    expect(isAway(null, at('2026-12-25T00:00:00Z'))).toBe(false);
    expect(isAway(undefined, at('2026-12-25T00:00:00Z'))).toBe(false);
  });
});
