import { expect, it } from 'vitest';
import { formatCount, formatHex } from '../../src/text/format.ts';

it.each([
  [0, '0 store paths'],
  [1, '1 store path'],
  [2, '2 store paths'],
  [10_001, '10,001 store paths'],
])('%i is written as %s', (count, text) => expect(formatCount(count, 'store path')).toBe(text));

it.each([
  [0, 1, '0x0'],
  [0x1f, 1, '0x1f'],
  [0x1f, 8, '0x0000001f'],
  [0xffffffff, 8, '0xffffffff'],
])('%i in hexadecimal, of at least %i digits, is %s', (value, digits, text) =>
  expect(formatHex(value, digits)).toBe(text),
);
