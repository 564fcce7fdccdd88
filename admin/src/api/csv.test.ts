// Cells and lines of CSV files.
import { expect, test } from 'vitest';
import { csvCell, csvLine } from './csv';

test.each([
  ['plain', 'plain'],
  ['', ''],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['two\nlines', '"two\nlines"'],
  ['two\r\nlines', '"two\r\nlines"'],
  ['Größe', 'Größe'],
])('%j is written as %j', (value, cell) => expect(csvCell(value)).toBe(cell));

test.each([
  ['=1+1', "'=1+1"],
  ['+49 30 1', "'+49 30 1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "'\tx"],
  ['\rx', '"\'\rx"'],
  ['＝1', "'＝1"],
  ['=HYPERLINK("http://x","y")', '"\'=HYPERLINK(""http://x"",""y"")"'],
])('%j is no formula', (value, cell) => expect(csvCell(value)).toBe(cell));

test('a line ends as RFC 4180 wants', () => {
  expect(csvLine(['a', 'b c', '"'])).toBe('a,b c,""""\r\n');
});
