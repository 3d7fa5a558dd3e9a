// @module-tag system
import { expect, it } from 'vitest';
import { isZero } from '../../../src/bytes/zero.ts';
import { createRandom } from './support/random.ts';
import { makeSmallImage } from './support/small-image.ts';
import { fingerprint } from './support/walk.ts';

const BLOCK = 4096;
const { image } = makeSmallImage();
const random = createRandom(20_260_801);

const expected = fingerprint(image);
const blocks = Array.from({ length: image.size / BLOCK }, (_, block) => block);

function missedFlips(offsets: readonly number[]): readonly number[] {
  return offsets.filter((offset) => {
    image.write(offset, Buffer.from([image.slice(offset, 1)[0] ^ (1 << random.below(8))]));
    try {
      return fingerprint(image) === expected;
    } finally {
      image.restore();
    }
  });
}

it('finds every flipped bit in blocks that are not all zeros', () => {
  const used = blocks.filter((block) => !isZero(image.slice(block * BLOCK, BLOCK)));
  expect(used.length).toBeGreaterThan(60);
  const offsets = used.flatMap((block) => Array.from({ length: 20 }, () => block * BLOCK + random.below(BLOCK)));
  expect(missedFlips(offsets)).toEqual([]);
});

it('finds every flipped bit in the journal, the inode table, the reserved and the free blocks', () => {
  const offsets = Array.from({ length: 400 }, () => random.below(image.size));
  expect(missedFlips(offsets)).toEqual([]);
});
