// Tests of who may correct which message.
import { describe, expect, it } from 'vitest';
import type { TicketMessage } from '../../../types';
import { canCorrect, minutesLeft } from './correct';

const at = Date.parse('2026-01-01T10:00:00Z');
const message = { author_id: 'me', created_at: '2026-01-01T10:00:00Z', redacted_at: null, via: 'web' } as TicketMessage;

describe('canCorrect', () => {
  it('gives authors a quarter of an hour', () => {
    expect(canCorrect(message, 'me', 'own', at + 14 * 60_000)).toBe(true);
    expect(canCorrect(message, 'me', 'own', at + 15 * 60_000)).toBe(false);
    expect(canCorrect(message, 'other', 'own', at)).toBe(false);
  });

  it('gives administrators all the time', () => {
    expect(canCorrect(message, 'other', 'all', at + 86_400_000)).toBe(true);
  });

  it('leaves alone what was mailed or redacted', () => {
    expect(canCorrect({ ...message, via: 'email' }, 'me', 'all', at)).toBe(false);
    expect(canCorrect({ ...message, redacted_at: '2026-01-01T10:01:00Z' }, 'me', 'all', at)).toBe(false);
  });

  it('needs the right', () => {
    expect(canCorrect(message, 'me', undefined, at)).toBe(false);
  });
});

describe('minutesLeft', () => {
  it('counts begun minutes', () => {
    expect(minutesLeft(message, 'own', at + 90_000)).toBe(14);
    expect(minutesLeft(message, 'all', at)).toBeUndefined();
  });
});
