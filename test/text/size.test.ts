import { assert, constantFrom, integer, maxSafeInteger, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../src/text/format.ts';
import { formatSize, parseSize, writeSize } from '../../src/text/size.ts';

describe('parseSize', () => {
  it.each([
    ['0', 0],
    ['4096', 4096],
    ['512B', 512],
    ['512KiB', 512 * 1024],
    ['16MiB', 16 * 2 ** 20],
    ['1GiB', 2 ** 30],
    ['1.5GiB', 1.5 * 2 ** 30],
    ['0.1KiB', 103],
    ['1.2GiB', 1_288_490_189],
    ['2047.5GiB', 2047.5 * 2 ** 30],
    ['0.5KiB', 512],
    ['2TiB', 2 ** 41],
    ['8191TiB', 8191 * 2 ** 40],
    ['8192TiB', undefined],
    ['9007199254740991', Number.MAX_SAFE_INTEGER],
    ['9007199254740992', undefined],
  ])('reads %s', (text, bytes) => expect(parseSize(text)).toBe(bytes));

  it.each([
    'lots',
    '',
    '-1',
    '+1',
    '1.5',
    '1.5B',
    '.5MiB',
    '1.MiB',
    '16MB',
    '16M',
    '16mib',
    '1e3',
    '0x10',
    '1 MiB',
    ' 1',
    '1\n',
    '１',
    'NaN',
    'Infinity',
  ])('refuses %j', (text) => expect(parseSize(text)).toBeUndefined());

  it('reads back every size that is written', () => {
    assert(property(maxSafeInteger().map(Math.abs), (bytes) => parseSize(writeSize(bytes)) === bytes));
    const unit = constantFrom(1, 2 ** 10, 2 ** 20, 2 ** 30, 2 ** 40);
    assert(
      property(
        integer({ min: 0, max: 4096 }),
        unit,
        (count, bytes) => parseSize(writeSize(count * bytes)) === count * bytes,
      ),
    );
  });
});

describe('formatSize', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1.00 KiB'],
    [16 * 2 ** 20, '16.0 MiB'],
    [2 ** 30 - 1, '1.00 GiB'],
    [1.5 * 2 ** 40, '1.50 TiB'],
    [123_456_789, '118 MiB'],
    [10_480_517, '9.99 MiB'],
    [10_485_759, '10.0 MiB'],
  ])('%i is %s', (bytes, text) => expect(formatSize(bytes)).toBe(text));

  it('is right to half of its last digit, and no longer than a column', () => {
    assert(
      property(maxSafeInteger().map(Math.abs), (bytes) => {
        const match = /^(\d+(?:\.(\d+))?) (B|KiB|MiB|GiB|TiB)$/.exec(formatSize(bytes));
        const [, value, fraction = '', unit = ''] = match ?? [];
        const unitBytes = 1024 ** ['B', 'KiB', 'MiB', 'GiB', 'TiB'].indexOf(unit);
        const error = Math.abs(Number(value) * unitBytes - bytes);
        return value.length <= 4 && error <= (unitBytes / 10 ** fraction.length / 2) * 1.000001;
      }),
    );
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0.0 s'],
    [3.14, '3.1 s'],
    [59.94, '59.9 s'],
    [59.96, '1 min 00 s'],
    [125, '2 min 05 s'],
    [3599.6, '1 h 00 min'],
    [3720, '1 h 02 min'],
    [7199, '2 h 00 min'],
  ])('%d is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});
