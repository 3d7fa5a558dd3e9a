import { describe, expect, it } from 'vitest';
import { markdownTable, plainTable } from '../../bench/report/table.ts';
import { bytes, count, percent, ratio, seconds } from '../../bench/report/units.ts';

const TABLE = [
  ['', 'time', 'to tar'],
  ['tar cf', '1.83 s', '1.00'],
  ['tar | zstd', '12.4 s', ''],
];

describe('plainTable', () => {
  it('sets figures flush right and leaves no spaces at the ends of lines', () =>
    expect(plainTable(TABLE)).toBe(
      ['              time  to tar', 'tar cf      1.83 s    1.00', 'tar | zstd  12.4 s'].join('\n'),
    ));
});

describe('markdownTable', () => {
  it('escapes what would end a cell, and aligns figures to the right', () =>
    expect(markdownTable(TABLE)).toBe(
      [
        '|             |   time | to tar |',
        '| ----------- | -----: | -----: |',
        '| tar cf      | 1.83 s |   1.00 |',
        '| tar \\| zstd | 12.4 s |        |',
      ].join('\n'),
    ));
});

describe('units', () => {
  it.each([
    [0, '0.00 s'],
    [0.0049, '0.00 s'],
    [1.834, '1.83 s'],
    [9.996, '10.0 s'],
    [59.94, '59.9 s'],
    [99.96, '100 s'],
    [1234.5, '1235 s'],
  ])('%d seconds are %s', (value, expected) => expect(seconds(value)).toBe(expected));

  it.each([
    [0, '0 kB'],
    [1500, '2 kB'],
    [999_499, '999 kB'],
    [999_500, '1.00 MB'],
    [207_264 * 1024, '212 MB'],
    [299_999_999, '300 MB'],
    [999_499_999, '999 MB'],
    [999_500_000, '1.00 GB'],
    [2_474_000_000, '2.47 GB'],
  ])('%d bytes are %s', (value, expected) => expect(bytes(value)).toBe(expected));

  it('writes ratios, shares and counts', () => {
    expect(ratio(1.305)).toBe('1.30');
    expect(ratio(Number.NaN)).toBe('');
    expect(percent(0.0074)).toBe('0.74 %');
    expect(count(1_062_692)).toBe('1,062,692');
  });
});
