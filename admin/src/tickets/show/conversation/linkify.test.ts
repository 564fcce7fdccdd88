// Tests of links and quotations in plain texts.
import { describe, expect, it } from 'vitest';
import { address, linkify, quote, toBlocks } from './linkify';

describe('linkify', () => {
  it('keeps a text without links whole', () => {
    expect(linkify('Nothing here.')).toEqual([{ text: 'Nothing here.' }]);
  });

  it('finds addresses of web and mail, without the punctuation after them', () => {
    expect(linkify('See https://a.example/x?y=1, or ask me@b.example.')).toEqual([
      { text: 'See ' },
      { text: 'https://a.example/x?y=1', href: 'https://a.example/x?y=1' },
      { text: ', or ask ' },
      { text: 'me@b.example', href: 'mailto:me@b.example' },
      { text: '.' },
    ]);
  });

  it('keeps brackets that belong to the address', () => {
    expect(linkify('(https://a.example/b_(c))')[1]?.text).toBe('https://a.example/b_(c)');
  });

  it('makes no link of other schemes', () => {
    expect(linkify('javascript:alert(1) data:text/html,x')).toHaveLength(1);
    expect(address('javascript:alert(1)')).toBeUndefined();
  });

  it('ends a link at a bracket of a tag', () => {
    expect(linkify('<https://a.example>')[1]?.text).toBe('https://a.example');
  });
});

describe('toBlocks', () => {
  it('tells quoted lines from written ones', () => {
    expect(toBlocks('> What is it?\n> Really?\n\nA printer.')).toEqual([
      { quoted: true, text: 'What is it?\nReally?' },
      { quoted: false, text: 'A printer.' },
    ]);
  });
});

describe('quote', () => {
  it('puts a mark before each line and leaves room below', () => {
    expect(quote('A', 'one\n\ntwo\n', '%{author} wrote:')).toBe('A wrote:\n> one\n>\n> two\n\n');
  });
});
