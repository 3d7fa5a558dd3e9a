import type { RandomAccess } from '../../../bytes/source.ts';
import {
  BLOCK_SIZE,
  DESCRIPTORS_PER_BLOCK,
  PRIMARY_SUPERBLOCK_OFFSET,
  SUPERBLOCK_SIZE,
} from '../../format/constants.ts';
import { formatError } from '../format-error.ts';
import { decodeGroups, type GroupTable } from './groups.ts';
import { decodeSuperblock, type Superblock } from './superblock.ts';

/** A filesystem whose superblock and group descriptors are known. */
export interface Volume {
  readonly superblock: Superblock;
  readonly groups: GroupTable;
  /** Fills `target` with the bytes from byte `offset` of the filesystem on. */
  read(target: Uint8Array, offset: number): void;
}

/** Reads superblock and group descriptors. Throws a format error for what is not of this project's profile. */
export function openVolume(source: RandomAccess): Volume {
  const least = PRIMARY_SUPERBLOCK_OFFSET + SUPERBLOCK_SIZE;
  if (source.size < least) {
    throw formatError({
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
      // Whatever leads here was checked before; this keeps a mistake from reading what follows the filesystem.
      if (offset < 0 || offset + target.length > end) {
        throw formatError({
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
