/**
 * The resize inode (7) owns the blocks that are reserved after the group descriptor tables, so that a mounted filesystem
 * can grow. Its double-indirect block points to the reserved blocks of group 0, each of which is an indirect block that
 * points to its copies in the backup groups. e2fsck checks a quarter of this, the kernel all of it when it grows.
 *
 * Source: e2fsprogs `lib/ext2fs/res_gdt.c`, Linux `fs/ext4/resize.c` (`verify_reserved_gdb`, `reserve_backup_gdb`).
 */
import { BLOCK_SIZE, BLOCKS_PER_GROUP } from '../format/constants.ts';
import type { Geometry } from '../plan/geometry.ts';

const POINTERS = BLOCK_SIZE / 4;

/** The size of the resize inode (bytes that a double-indirect map covers), and the number of blocks that it owns. */
export function resizeInode(geometry: Geometry): { readonly size: number; readonly blocks: number } {
  const size = (POINTERS * POINTERS + POINTERS + 12) * BLOCK_SIZE;
  return { size, blocks: 1 + geometry.reservedDescriptorBlocks * geometry.backupGroups.length };
}

/** The double-indirect block. The pointer to a reserved block is at its index as a block of the descriptor table. */
export function encodeResizeBlock(geometry: Geometry): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  for (let k = 0; k < geometry.reservedDescriptorBlocks; k++) {
    const descriptorBlock = geometry.descriptorBlocks + k;
    bytes.writeUInt32LE(1 + descriptorBlock, 4 * (descriptorBlock % POINTERS));
  }
  return bytes;
}

/** The `k`-th reserved descriptor block of group 0: pointers to its copies in the backup groups. */
export function encodeReservedDescriptorBlock(geometry: Geometry, k: number): Buffer {
  const bytes = Buffer.alloc(BLOCK_SIZE);
  for (const [i, group] of geometry.backupGroups.slice(1).entries()) {
    bytes.writeUInt32LE(group * BLOCKS_PER_GROUP + 1 + geometry.descriptorBlocks + k, 4 * i);
  }
  return bytes;
}
