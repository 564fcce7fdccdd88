import { describe, expect, it } from 'vitest';
import { hints, isFit } from './passwordHints';

const GOOD = 'copper kettle on the hill';

describe('hints for a new password', () => {
  it('counts characters, not bytes', () => {
    expect(hints('жщэюяфъыцчшёйх', '').longEnough).toBe(false);
    expect(hints('жщэюяфъыцчшёйхг', '').longEnough).toBe(true);
    expect(hints('😀'.repeat(7), '').length).toBe(7);
  });

  it('takes no more than the server does', () => {
    expect(hints('x'.repeat(1024), '').longEnough).toBe(true);
    expect(hints('x'.repeat(1025), '').longEnough).toBe(false);
  });

  it('sees words of the account', () => {
    const about = ['jo.brightwater@example.com', 'Jo Brightwater'];
    expect(hints('brightwater12345', '', about).ownWords).toBe(false);
    expect(hints('Stoa-Stoa-Stoa-2026', '', about).ownWords).toBe(false);
    expect(hints('Brightwater likes copper kettles', '', about).ownWords).toBe(true);
    expect(hints('brightwater12345', '', []).ownWords).toBe(true);
  });

  it('is fit when all holds', () => {
    expect(isFit(hints(GOOD, GOOD))).toBe(true);
    expect(isFit(hints(GOOD, `${GOOD} `))).toBe(false);
    expect(isFit(hints('', ''))).toBe(false);
    expect(isFit(hints('short', 'short'))).toBe(false);
  });
});
