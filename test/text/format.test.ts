import { expect, it } from 'vitest';
import { formatCount } from '../../src/text/format.ts';

it.each([
  [0, '0 store paths'],
  [1, '1 store path'],
  [2, '2 store paths'],
  [10_001, '10,001 store paths'],
])('%i is told as %s', (count, text) => expect(formatCount(count, 'store path')).toBe(text));
