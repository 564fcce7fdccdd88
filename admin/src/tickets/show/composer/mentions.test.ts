// Tests of mentions.
import { describe, expect, it } from 'vitest';
import { matching, mentionAt, mentioned, withMention } from './mentions';

describe('mentionAt', () => {
  it('finds the name before the caret', () => {
    expect(mentionAt('Ask @An', 7)).toEqual({ from: 4, text: 'An' });
    expect(mentionAt('@', 1)).toEqual({ from: 0, text: '' });
    expect(mentionAt('Ask @Ana Be', 11)).toEqual({ from: 4, text: 'Ana Be' });
  });

  it('takes no address for a name', () => {
    expect(mentionAt('ana@example', 11)).toBeNull();
    expect(mentionAt('Ask @Ana\nnow', 12)).toBeNull();
  });
});

describe('withMention', () => {
  it('replaces what was typed', () => {
    const text = 'Ask @An about it';
    expect(withMention(text, 7, { from: 4, text: 'An' }, 'Ana B')).toEqual({ text: 'Ask @Ana B about it', caret: 11 });
  });
});

describe('mentioned', () => {
  it('forgets names that were deleted again', () => {
    expect(mentioned('Hello @Ana B!', { a: 'Ana B', c: 'Cem' })).toEqual(['a']);
  });
});

describe('matching', () => {
  it('looks at each word of a name', () => {
    const people = [{ name: 'Ana Berg' }, { name: 'Cem Ana' }, { name: 'Dora' }];
    expect(matching(people, 'an').map(one => one.name)).toEqual(['Ana Berg', 'Cem Ana']);
  });
});
