import type { RandomAccess } from '../../../bytes/source.ts';
import {
  BLOCK_SIZE,
  DESCRIPTORS_PER_BLOCK,
  PRIMARY_SUPERBLOCK_OFFSET,
  SUPERBLOCK_SIZE,
} from '../../format/constants.ts';
import { Ext4FormatError } from '../format-error.ts';
import { decodeGroups, type GroupTable } from './groups.ts';
import { decodeSuperblock, type Superblock } from './superblock.ts';

/** A filesystem with its decoded superblock and group descriptors. */
export interface Volume {
  readonly superblock: Superblock;
  readonly groups: GroupTable;
  /** Fills `target` with the bytes of the filesystem from `offset` on. */
  read(target: Uint8Array, offset: number): void;
}

/** Reads the superblock and the group descriptors. Throws an `Ext4FormatError` if this project does not use their values. */
export function openVolume(source: RandomAccess): Volume {
  const least = PRIMARY_SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE;
  if (source.size < least) {
    throw new Ext4FormatError({
      structure: 'superblock',
      place: `byte ${PRIMARY_SUPERBLOCK_OFFSET}`,
      expected: `a source of at least ${least} bytes`,
      found: `${source.size} bytes`,
    });
  }
  const bytes = new Uint8Array(SUPERBLOCK_SIZE);
  source.read(bytes, PRIMARY_SUPERBLOCK_OFFSET);
  const superblock = decodeSuperblock(bytes, source.size);

  const descriptors = new Uint8Array(Math.ceil(superblock.groups / DESCRIPTORS_PER_BLOCK) * BLOCK_SIZE);
  source.read(descriptors, BLOCK_SIZE);
  const groups = decodeGroups(superblock, descriptors);

  const end = superblock.blocks * BLOCK_SIZE;
  return {
    superblock,
    groups,
    read(target, offset) {
      // Callers have checked their offsets; this ensures that no error of theirs reads bytes after the filesystem.
      if (offset < 0 || offset + target.length > end) {
        throw new Ext4FormatError({
          structure: 'filesystem',
          place: `byte ${offset}`,
          expected: `a range within ${end} bytes`,
          found: `${target.length} bytes`,
        });
      }
      source.read(target, offset);
    },
  };
}
