import { array, assert, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPartOf, joinCommand, LARGEST_ASSET, planParts } from '../../src/release/split.ts';

const lengths = (...given: Parameters<typeof planParts>) => planParts(...given).map(({ length }) => length);

describe('planParts', () => {
  it('does not split a file within the limit', () => {
    expect(planParts('a.img', 100, [], 100)).toEqual([{ name: 'a.img', offset: 0, length: 100 }]);
    expect(planParts('a.img', LARGEST_ASSET, [])).toHaveLength(1);
    // GitHub accepts files smaller than 2 GiB.
    expect(LARGEST_ASSET + 1).toBe(2 * 1024 ** 3);
    expect(planParts('a.img', LARGEST_ASSET + 1, [])).toHaveLength(2);
  });

  it('splits a raw image into equal parts of whole blocks', () => {
    expect(planParts('a.img', 3 * 2 ** 31, [])).toEqual([
      { name: 'a.img.00', offset: 0, length: 1.5 * 2 ** 30 },
      { name: 'a.img.01', offset: 1.5 * 2 ** 30, length: 1.5 * 2 ** 30 },
      { name: 'a.img.02', offset: 3 * 2 ** 30, length: 1.5 * 2 ** 30 },
      { name: 'a.img.03', offset: 4.5 * 2 ** 30, length: 1.5 * 2 ** 30 },
    ]);
    expect(lengths('a.img', 100_001, [], 50_000)).toEqual([36_864, 32_768, 30_369]);
  });

  it('splits a compressed image at ends of frames', () => {
    expect(planParts('a.zst', 105, [10, 30, 50, 70, 100], 60)).toEqual([
      { name: 'a.zst.00', offset: 0, length: 50 },
      { name: 'a.zst.01', offset: 50, length: 55 },
    ]);
    // No two parts of at most 54 bytes are possible.
    expect(lengths('a.zst', 105, [10, 30, 50, 70, 100], 54)).toEqual([30, 40, 35]);
  });

  it('numbers more than a hundred parts so that they sort in order', () => {
    const parts = planParts('a', 4096 * 150, [], 4096);
    expect(parts.map(({ name }) => name)).toEqual(parts.map(({ name }) => name).toSorted());
    expect(parts.at(-1)?.name).toBe('a.149');
    expect(joinCommand('a', parts.length)).toBe('cat a.[0-9][0-9][0-9] > a');
  });

  it('rejects frames that are too large', () => {
    expect(() => planParts('a', 100, [50, 100], 49)).toThrow(
      '100 bytes cannot be split into parts of at most 49 bytes',
    );
  });

  it('returns parts within the limit that fill the file and end with frames', () => {
    const frames = array(integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 60 });
    assert(
      property(frames, integer({ min: 80, max: 400 }), integer({ min: 0, max: 9 }), (sizes, limit, table) => {
        const ends = sizes.map((_, i) => sizes.slice(0, i + 1).reduce((sum, size) => sum + size, 0));
        const size = (ends.at(-1) ?? 0) + table;
        const parts = planParts('a', size, ends, limit);
        let offset = 0;
        for (const part of parts) {
          expect(part.offset).toBe(offset);
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(limit);
          offset += part.length;
          expect(offset === size || ends.includes(offset)).toBe(true);
        }
        expect(offset).toBe(size);
        // Close to the minimum: a part is at most one frame shorter than an equal share.
        expect(parts.length).toBeLessThanOrEqual(Math.ceil(size / (limit - 40)));
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
