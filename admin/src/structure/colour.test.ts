// Tests of the arithmetic with colours.
import { describe, expect, it } from 'vitest';
import { contrast, isColour, readableOn } from './colour';

describe('colours', () => {
  it('knows what is a colour', () => {
    expect(['#1a73e8', '#FFFFFF'].every(isColour)).toBe(true);
    expect(['#fff', '1a73e8', '', null, 'red', '#1a73e8ff'].some(isColour)).toBe(false);
  });

  it('counts contrast as WCAG does', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });

  it('finds a readable text colour for every background', () => {
    for (let grey = 0; grey < 256; grey += 5) {
      const colour = `#${grey.toString(16).padStart(2, '0').repeat(3)}`;
      expect(contrast(colour, readableOn(colour))).toBeGreaterThanOrEqual(4.5);
    }
  });
});
