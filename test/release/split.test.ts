import { assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPartOf, joinCommand, LARGEST_ASSET, planParts } from '../../src/release/split.ts';

const lengths = (...given: Parameters<typeof planParts>) => planParts(...given).map(({ length }) => length);

describe('planParts', () => {
  it('does not split a file within the limit', () => {
    expect(planParts('a.img', 100, 100)).toEqual([{ name: 'a.img', offset: 0, length: 100 }]);
    expect(planParts('a.img', LARGEST_ASSET)).toHaveLength(1);
    // GitHub accepts files smaller than 2 GiB.
    expect(LARGEST_ASSET + 1).toBe(2 * 1024 ** 3);
    expect(planParts('a.img', LARGEST_ASSET + 1)).toHaveLength(2);
  });

  it('splits an image into equal parts of whole blocks', () => {
    expect(planParts('a.img', 3 * 2 ** 31)).toEqual([
      { name: 'a.img.00', offset: 0, length: 1.5 * 2 ** 30 },
      { name: 'a.img.01', offset: 1.5 * 2 ** 30, length: 1.5 * 2 ** 30 },
      { name: 'a.img.02', offset: 3 * 2 ** 30, length: 1.5 * 2 ** 30 },
      { name: 'a.img.03', offset: 4.5 * 2 ** 30, length: 1.5 * 2 ** 30 },
    ]);
    expect(lengths('a.img', 100_001, 50_000)).toEqual([36_864, 32_768, 30_369]);
  });

  it('numbers more than a hundred parts so that they sort in order', () => {
    const parts = planParts('a', 4096 * 150, 4096);
    expect(parts.map(({ name }) => name)).toEqual(parts.map(({ name }) => name).toSorted());
    expect(parts.at(-1)?.name).toBe('a.149');
    expect(joinCommand('a', parts.length)).toBe('cat a.[0-9][0-9][0-9] > a');
  });

  it('rejects a limit that is less than a block', () => {
    expect(() => planParts('a', 10_000, 4095)).toThrow('10000 bytes cannot be split into parts of at most 4095 bytes');
  });

  it('returns parts within the limit that fill the file', () => {
    assert(
      property(integer({ min: 1, max: 10_000_000 }), integer({ min: 8192, max: 100_000 }), (size, limit) => {
        const parts = planParts('a', size, limit);
        let offset = 0;
        for (const part of parts) {
          expect(part.offset).toBe(offset);
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(limit);
          offset += part.length;
        }
        expect(offset).toBe(size);
        // Close to the minimum: a part is at most one block shorter than an equal share.
        expect(parts.length).toBeLessThanOrEqual(Math.ceil(size / (limit - 4096)));
      }),
    );
  });
});

it('joinCommand joins two or more parts', () => {
  expect(joinCommand('a.img', 1)).toBeUndefined();
  expect(joinCommand('a.img', 2)).toBe('cat a.img.[0-9][0-9] > a.img');
});

it.each([
  ['a.img.00', true],
  ['a.img.123', true],
  ['a.img', false],
  ['a.img.0', false],
  ['a.img.bmap', false],
  ['a.img.00.sig', false],
  ['b.img.00', false],
])('isPartOf a.img: %s %s', (name, expected) => {
  expect(isPartOf('a.img', name)).toBe(expected);
});
