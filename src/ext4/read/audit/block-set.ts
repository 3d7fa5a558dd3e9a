import { BLOCK_SIZE, BLOCKS_PER_GROUP } from '../../format/constants.ts';

/** The blocks of a filesystem that have an owner: one bit each, as the block bitmaps have them. */
export interface BlockSet {
  /** Gives blocks an owner. Returns the first one that has an owner already, or -1. */
  claim(start: number, length: number): number;
  /** The bits of a group, 4096 bytes, to be compared with its block bitmap. */
  group(group: number): Uint8Array;
}

/** Makes a set for `blocks` blocks; the bits that the last group has beyond them are set, as they are on disk. */
export function createBlockSet(blocks: number): BlockSet {
  const groups = Math.ceil(blocks / BLOCKS_PER_GROUP);
  const bits = new Uint8Array(groups * BLOCK_SIZE);
  const claim = (start: number, length: number): number => {
    const end = start + length;
    let taken = -1;
    for (let block = start; block < end; ) {
      const byte = Math.floor(block / 8);
      if (block % 8 === 0 && end - block >= 8 && bits[byte] === 0) {
        bits[byte] = 0xff;
        block += 8;
        continue;
      }
      const bit = 1 << (block % 8);
      if ((bits[byte] & bit) !== 0 && taken < 0) {
        taken = block;
      }
      bits[byte] |= bit;
      block++;
    }
    return taken;
  };
  claim(blocks, groups * BLOCKS_PER_GROUP - blocks);
  return { claim, group: (group) => bits.subarray(group * BLOCK_SIZE, (group + 1) * BLOCK_SIZE) };
}
