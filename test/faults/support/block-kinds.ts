import { BLOCK_SIZE, BLOCKS_PER_GROUP, INODE, MODE } from '../../../src/ext4/format/constants.ts';
import type { Filesystem } from '../../../src/image/description.ts';

/** The use of a block of a filesystem. */
export type BlockKind =
  | 'superblock'
  | 'descriptors'
  | 'reserved descriptors'
  | 'backup superblock'
  | 'backup descriptors'
  | 'backup reserved descriptors'
  | 'block bitmap'
  | 'inode bitmap'
  | 'inode table'
  | 'resize inode'
  | 'extent tree'
  | 'journal'
  | 'directory'
  | 'symlink'
  | 'data'
  | 'free';

/** The kind of every block of a planned filesystem. */
export function blockKinds({ plan, tree }: Filesystem): readonly BlockKind[] {
  const { geometry, extents } = plan;
  const kinds: BlockKind[] = Array.from({ length: plan.blocks }, () => 'free');
  const mark = (kind: BlockKind, start: number, length: number): void => {
    kinds.fill(kind, start, start + length);
  };
  for (const group of geometry.backupGroups) {
    const start = group * BLOCKS_PER_GROUP;
    const backup = group === 0 ? '' : 'backup ';
    mark(`${backup}superblock`, start, 1);
    mark(`${backup}descriptors`, start + 1, geometry.descriptorBlocks);
    mark(`${backup}reserved descriptors`, start + 1 + geometry.descriptorBlocks, geometry.reservedDescriptorBlocks);
  }
  for (let group = 0; group < geometry.groups; group++) {
    mark('block bitmap', geometry.blockBitmap[group] ?? 0, 1);
    mark('inode bitmap', geometry.inodeBitmap[group] ?? 0, 1);
    mark('inode table', geometry.inodeTable[group] ?? 0, geometry.inodeTableBlocks);
  }
  mark('resize inode', plan.resizeBlock, 1);
  for (const { levels } of extents.trees) {
    for (const { block } of levels.flat()) {
      mark('extent tree', block, 1);
    }
  }
  for (let i = 0; i < extents.count; i++) {
    const inode = extents.inode[i] ?? 0;
    const type = (tree.mode[plan.inodes.entryOf[inode] ?? 0] ?? 0) & MODE.typeMask;
    const kind =
      inode === INODE.journal
        ? 'journal'
        : type === MODE.directory
          ? 'directory'
          : type === MODE.symlink
            ? 'symlink'
            : 'data';
    mark(kind, extents.physical[i] ?? 0, extents.length[i] ?? 0);
  }
  return kinds;
}

/** The offsets of all blocks of a kind. */
export function blocksOfKind(kinds: readonly BlockKind[], kind: BlockKind): readonly number[] {
  return kinds.flatMap((found, block) => (found === kind ? [block * BLOCK_SIZE] : []));
}
