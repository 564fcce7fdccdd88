import { describe, expect, it } from 'vitest';
import { groupsOf, pictureOf } from './qr';

describe('the picture of a QR code', () => {
  it('is the SVG, whatever letters it has', () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg"><title>Añ – 😀</title></svg>';
    const address = pictureOf(svg);
    expect(address.startsWith('data:image/svg+xml;base64,')).toBe(true);
    expect(Buffer.from(address.split(',')[1] ?? '', 'base64').toString('utf8')).toBe(svg);
  });

  it('takes pictures of the usual size', () => {
    const svg = `<svg>${'x'.repeat(60_000)}</svg>`;
    expect(Buffer.from(pictureOf(svg).split(',')[1] ?? '', 'base64').toString('utf8')).toBe(svg);
  });
});

describe('a secret to type off', () => {
  it('stands in groups', () => {
    expect(groupsOf('ABCDEFGHIJ')).toBe('ABCD EFGH IJ');
    expect(groupsOf('')).toBe('');
  });
});
