/**
 * The resize inode (7) owns the blocks reserved after the group descriptor tables, so that a mounted filesystem can
 * grow. Its double-indirect block points to the reserved blocks of group 0; each of those is an indirect block that
 * points to its copies in the backup groups. e2fsck looks at a quarter of this; the kernel at all of it, while growing.
 *
 * Source: e2fsprogs `lib/ext2fs/res_gdt.c`, Linux `fs/ext4/resize.c` (`verify_reserved_gdb`, `reserve_backup_gdb`).
 */
import { BLOCK_SIZE, BLOCKS_PER_GROUP } from '../format/constants.ts';
import type { Geometry } from '../plan/geometry.ts';

const POINTERS = BLOCK_SIZE / 4;

/** Size in bytes (all that a double-indirect map can reach) and blocks that the resize inode is accounted for. */
export function resizeInode(geometry: Geometry): { readonly size: number; readonly blocks: number } {
  const size = (POINTERS * POINTERS + POINTERS + 12) * BLOCK_SIZE;
  return { size, blocks: 1 + geometry.reservedDescriptorBlocks * geometry.backupGroups.length };
}

/** The double-indirect block: the pointer to reserved block `k` stands at the index it has as a descriptor block. */
export function encodeResizeBlock(geometry: Geometry): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  for (let k = 0; k < geometry.reservedDescriptorBlocks; k++) {
    const descriptorBlock = geometry.descriptorBlocks + k;
    bytes.writeUInt32LE(1 + descriptorBlock, 4 * (descriptorBlock % POINTERS));
  }
  return bytes;
}

/** A reserved descriptor block of group 0, the `k`-th: where its copies are in the backup groups. */
export function encodeReservedDescriptorBlock(geometry: Geometry, k: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  geometry.backupGroups.slice(1).forEach((group, i) => {
    bytes.writeUInt32LE(group * BLOCKS_PER_GROUP + 1 + geometry.descriptorBlocks + k, 4 * i);
  });
  return bytes;
}
