/**
 * Decodes the group descriptor table.
 *
 * Source: Linux `Documentation/filesystems/ext4/group_descr.rst`, struct `ext4_group_desc`.
 */
import { DESCRIPTOR_SIZE } from '../../format/constants.ts';
import { GROUP_DESCRIPTOR } from '../../format/offsets.ts';
import { descriptorChecksum } from '../checksum.ts';
import { Ext4FormatError, hex } from '../format-error.ts';
import type { Superblock } from './superblock.ts';

/** The descriptors of all groups, by group number. */
export interface GroupTable {
  readonly blockBitmap: Float64Array;
  readonly inodeBitmap: Float64Array;
  /** First block of the inode table. */
  readonly inodeTable: Float64Array;
  readonly freeBlocks: Uint32Array;
  readonly freeInodes: Uint32Array;
  readonly usedDirectories: Uint32Array;
  /** Inodes at the end of the table that have never been used. */
  readonly unusedInodes: Uint32Array;
  readonly flags: Uint16Array;
  readonly blockBitmapChecksum: Uint32Array;
  readonly inodeBitmapChecksum: Uint32Array;
}

/** Decodes the descriptors at the start of `bytes`, and checks that their blocks are within the filesystem. */
export function decodeGroups(superblock: Superblock, bytes: Uint8Array): GroupTable {
  const table = createTable(superblock.groups);
  for (let group = 0; group < superblock.groups; group++) {
    const raw = bytes.subarray(group * DESCRIPTOR_SIZE, (group + 1) * DESCRIPTOR_SIZE);
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    checkDescriptor(superblock, group, raw, view);
    const u16 = (low: number, high: number): number => view.getUint16(low, true) + view.getUint16(high, true) * 0x10000;
    const u32 = (low: number, high: number): number => view.getUint32(low, true) + view.getUint32(high, true) * 2 ** 32;
    const field = GROUP_DESCRIPTOR;

    table.blockBitmap[group] = u32(field.blockBitmapLo, field.blockBitmapHi);
    table.inodeBitmap[group] = u32(field.inodeBitmapLo, field.inodeBitmapHi);
    table.inodeTable[group] = u32(field.inodeTableLo, field.inodeTableHi);
    table.freeBlocks[group] = u16(field.freeBlocksCountLo, field.freeBlocksCountHi);
    table.freeInodes[group] = u16(field.freeInodesCountLo, field.freeInodesCountHi);
    table.usedDirectories[group] = u16(field.usedDirsCountLo, field.usedDirsCountHi);
    table.unusedInodes[group] = u16(field.itableUnusedLo, field.itableUnusedHi);
    table.flags[group] = view.getUint16(field.flags, true);
    table.blockBitmapChecksum[group] = u16(field.blockBitmapCsumLo, field.blockBitmapCsumHi);
    table.inodeBitmapChecksum[group] = u16(field.inodeBitmapCsumLo, field.inodeBitmapCsumHi);

    checkLocations(superblock, group, table);
  }
  return table;
}

function createTable(groups: number): GroupTable {
  return {
    blockBitmap: new Float64Array(groups),
    inodeBitmap: new Float64Array(groups),
    inodeTable: new Float64Array(groups),
    freeBlocks: new Uint32Array(groups),
    freeInodes: new Uint32Array(groups),
    usedDirectories: new Uint32Array(groups),
    unusedInodes: new Uint32Array(groups),
    flags: new Uint16Array(groups),
    blockBitmapChecksum: new Uint32Array(groups),
    inodeBitmapChecksum: new Uint32Array(groups),
  };
}

function checkDescriptor(superblock: Superblock, group: number, raw: Uint8Array, view: DataView): void {
  const stored = view.getUint16(GROUP_DESCRIPTOR.checksum, true);
  const computed = descriptorChecksum(superblock.checksumSeed, group, raw);
  if (stored !== computed) {
    throw fault(group, `bg_checksum ${hex(computed)}`, hex(stored));
  }
}

function checkLocations({ blocks, inodeTableBlocks }: Superblock, group: number, table: GroupTable): void {
  const locations = [
    ['block bitmap', table.blockBitmap[group], 1],
    ['inode bitmap', table.inodeBitmap[group], 1],
    ['inode table', table.inodeTable[group], inodeTableBlocks],
  ] as const;
  for (const [what, start, length] of locations) {
    if (start < 1 || start + length > blocks) {
      throw fault(group, `${what} within blocks 1 to ${blocks - 1}`, `${length} from block ${start}`);
    }
  }
}

function fault(group: number, expected: string, found: string): Error {
  return new Ext4FormatError({ structure: 'group descriptor', place: `group ${group}`, expected, found });
}
