// Tests of what files are taken for, and how they are called.
import { describe, expect, it } from 'vitest';
import { isShown, kindOf, mediaType, nameOf } from './kinds';

describe('mediaType', () => {
  it('believes the browser', () => {
    expect(mediaType({ name: 'a.png', type: 'image/png' })).toBe('image/png');
    expect(mediaType({ name: 'notes', type: 'text/plain; charset=utf-8' })).toBe('text/plain');
  });

  it('knows better where systems call a type otherwise, or nothing at all', () => {
    expect(mediaType({ name: 'a.zip', type: 'application/x-zip-compressed' })).toBe('application/zip');
    expect(mediaType({ name: 'a.CSV', type: 'application/vnd.ms-excel' })).toBe('text/csv');
    expect(mediaType({ name: 'a.md', type: '' })).toBe('text/markdown');
    expect(mediaType({ name: 'a.heic', type: '' })).toBe('image/heic');
    expect(mediaType({ name: 'a.jpg', type: 'image/jpg' })).toBe('image/jpeg');
  });

  it('makes nothing up', () => {
    expect(mediaType({ name: 'a.bin', type: '' })).toBe('application/octet-stream');
    expect(mediaType({ name: 'a.bin', type: 'no type' })).toBe('application/octet-stream');
  });
});

it('sorts by type', () => {
  expect(kindOf('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')).toBe('sheet');
  expect(kindOf('application/vnd.openxmlformats-officedocument.wordprocessingml.document')).toBe('document');
  expect(kindOf('application/vnd.ms-powerpoint')).toBe('slides');
  expect(kindOf('application/gzip')).toBe('archive');
  expect(kindOf('application/x-strange')).toBe('other');
});

it('shows pictures that cannot hold script and are not too heavy', () => {
  expect(isShown('image/png', 1000)).toBe(true);
  expect(isShown('image/svg+xml', 1000)).toBe(false);
  expect(isShown('image/png', 20 * 1024 * 1024)).toBe(false);
});

it('tells pasted pictures apart', () => {
  const now = new Date(2026, 1, 3, 4, 5, 6);
  expect(nameOf({ name: 'image.png' }, true, now)).toBe('picture 2026-02-03 04.05.06.png');
  expect(nameOf({ name: 'image.png' }, false, now)).toBe('image.png');
  expect(nameOf({ name: 'plan.png' }, true, now)).toBe('plan.png');
});
