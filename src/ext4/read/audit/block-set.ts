import { BLOCK_SIZE, BLOCKS_PER_GROUP } from '../../format/constants.ts';

/** The blocks of a filesystem that have an owner: one bit for each, as in the block bitmaps. */
export interface BlockSet {
  /** Marks blocks as owned. Returns the first one that already had an owner; `undefined` if none had. */
  claim(start: number, length: number): number | undefined;
  /** The bits of a group, 4096 bytes, in the form of its block bitmap. */
  group(group: number): Uint8Array;
}

/** Creates an empty set for `blocks` blocks. Bits of the last group after them are set, as in the block bitmap. */
export function createBlockSet(blocks: number): BlockSet {
  const groups = Math.ceil(blocks / BLOCKS_PER_GROUP);
  const bits = new Uint8Array(groups * BLOCK_SIZE);
  const claim = (start: number, length: number): number | undefined => {
    const end = start + length;
    let taken: number | undefined;
    let block = start;
    while (block < end) {
      const byte = Math.floor(block / 8);
      if (block % 8 === 0 && end - block >= 8 && bits[byte] === 0) {
        bits[byte] = 0xff;
        block += 8;
        continue;
      }
      const bit = 1 << (block % 8);
      if ((bits[byte] & bit) !== 0) {
        taken ??= block;
      }
      bits[byte] |= bit;
      block++;
    }
    return taken;
  };
  claim(blocks, groups * BLOCKS_PER_GROUP - blocks);
  return { claim, group: (group) => bits.subarray(group * BLOCK_SIZE, (group + 1) * BLOCK_SIZE) };
}
