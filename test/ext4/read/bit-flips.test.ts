import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { auditExt4 } from '../../../src/ext4/read/audit/audit.ts';
import { isFormatError } from '../../../src/ext4/read/format-error.ts';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { isZero } from '../../../src/ext4/read/zero.ts';
import { createRandom } from './support/random.ts';
import { makeSmallImage } from './support/small-image.ts';
import { walkImage } from './support/walk.ts';

const BLOCK = 4096;
const { image } = makeSmallImage();
const random = createRandom(20_260_801);

/** All that the reader can tell of an image: an error, or what the audit finds and every name, mode and byte. */
function fingerprint(): string {
  try {
    const reader = openExt4(image);
    const hash = createHash('sha256');
    hash.update(JSON.stringify(auditExt4(reader)));
    for (const entry of walkImage(reader)) hash.update(JSON.stringify(entry));
    return hash.digest('hex');
  } catch (error) {
    if (isFormatError(error)) return error.message;
    throw error;
  }
}

const sound = fingerprint();
const blocks = Array.from({ length: image.size / BLOCK }, (_, block) => block);

function unseenFlips(offsets: readonly number[]): readonly number[] {
  return offsets.filter((offset) => {
    image.write(offset, Buffer.from([image.slice(offset, 1)[0] ^ (1 << random.below(8))]));
    try {
      return fingerprint() === sound;
    } finally {
      image.restore();
    }
  });
}

it('sees each bit that is flipped in a block that is not all zeros', () => {
  const used = blocks.filter((block) => !isZero(image.slice(block * BLOCK, BLOCK)));
  expect(used.length).toBeGreaterThan(70);
  const offsets = used.flatMap((block) => Array.from({ length: 20 }, () => block * BLOCK + random.below(BLOCK)));
  expect(unseenFlips(offsets)).toEqual([]);
});

it('sees each bit that is flipped in the journal, the inode table, the reserved and the free blocks', () => {
  const offsets = Array.from({ length: 400 }, () => random.below(image.size));
  expect(unseenFlips(offsets)).toEqual([]);
});
