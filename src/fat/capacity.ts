import { SECTOR_SIZE } from '../bytes/source.ts';
import { inputError } from '../errors/user-error.ts';
import { ENTRY_SIZE } from './constants.ts';
import type { PlannedDirectory } from './directories.ts';
import type { FatTree } from './tree.ts';
import { bitsOf, type FatFilesystem, type FatLayout, LEAST_SIZE, layOutFat } from './volume-layout.ts';

const MIB = 2 ** 20;

/** What a volume must hold. */
export interface VolumeContents {
  readonly tree: FatTree;
  readonly directories: readonly PlannedDirectory[];
  /** Entries in the tree of the files that are not empty. */
  readonly files: readonly number[];
}

/**
 * Lays out a volume of `size` bytes for directories and files. Throws a `UserError` if the type cannot have this size, or
 * if they do not fit, with the least size that is sufficient, and the one that has space for all of them twice.
 */
export function layOutFor(
  { tree, directories, files }: VolumeContents,
  size: number,
  filesystem: FatFilesystem,
): FatLayout {
  const need: Need = {
    directoryBytes: directories.map(({ bytes }) => bytes),
    fileBytes: files.map((entry) => tree.entries[entry].size),
  };
  const layout = layOutFat(size, filesystem);
  if (layout !== undefined && fits(need, layout)) {
    return layout;
  }
  const message =
    layout === undefined
      ? wrongSize(size, filesystem)
      : `The firmware files do not fit: ${shortage(need, layout, size)}.`;
  throw inputError({ input: 'firmware-size', message, remedy: remedyFor(need, filesystem) });
}

function wrongSize(size: number, filesystem: FatFilesystem): string {
  const bits = bitsOf(size, filesystem);
  const least = LEAST_SIZE[bits];
  if (size >= least) {
    return `A FAT partition of ${size} bytes is too large for FAT${bits}.`;
  }
  const users = bits === 32 ? ', which an EFI system partition always has,' : '';
  return `A FAT partition of ${size} bytes is too small: FAT${bits}${users} needs at least ${least} bytes.`;
}

function remedyFor(need: Need, filesystem: FatFilesystem): string {
  const least = leastSize(need, filesystem);
  if (least === undefined) {
    return 'Set the input firmware-filesystem to fat32.';
  }
  const twice = leastSize(twiceOf(need), filesystem);
  const instruction = `Set the input firmware-size to ${least} or more`;
  if (twice === undefined) {
    return `${instruction}.`;
  }
  return `${instruction}; ${twice === least ? 'it' : twice} has space for a second generation of the files.`;
}

/** What an update needs that writes all files again beside those that are there. */
function twiceOf({ directoryBytes: [root = 0, ...others], fileBytes }: Need): Need {
  return { directoryBytes: [2 * root, ...others, ...others], fileBytes: [...fileBytes, ...fileBytes] };
}

interface Need {
  /** Bytes of the entries of each directory; the root is the first. */
  readonly directoryBytes: readonly number[];
  readonly fileBytes: readonly number[];
}

function shortage(need: Need, layout: FatLayout, size: number): string {
  const rootEntries = rootBytes(need) / ENTRY_SIZE;
  if (layout.bits === 16 && rootEntries > layout.rootEntries) {
    return `the root directory needs ${rootEntries} entries, but with FAT16 it has ${layout.rootEntries}`;
  }
  return (
    `they need ${neededBytes(need, layout)} bytes in whole clusters, but a FAT partition of ${size} bytes has ` +
    `${layout.clusters * clusterBytesOf(layout)}`
  );
}

function fits(need: Need, layout: FatLayout): boolean {
  if (layout.bits === 16 && rootBytes(need) > layout.rootEntries * ENTRY_SIZE) {
    return false;
  }
  return neededBytes(need, layout) <= layout.clusters * clusterBytesOf(layout);
}

function rootBytes({ directoryBytes: [root = 0] }: Need): number {
  return root;
}

/** Bytes in whole clusters. The root directory of FAT16 is not in clusters. */
function neededBytes({ directoryBytes, fileBytes }: Need, layout: FatLayout): number {
  const unit = clusterBytesOf(layout);
  const inClusters = [...directoryBytes.slice(layout.bits === 32 ? 0 : 1), ...fileBytes];
  return inClusters.reduce((sum, bytes) => sum + Math.ceil(bytes / unit), 0) * unit;
}

/**
 * The least whole number of MiB that is sufficient, by trial: larger volumes may have larger clusters. `undefined` if the
 * type has no such size.
 */
function leastSize(need: Need, filesystem: FatFilesystem): string | undefined {
  const bytes = [...need.directoryBytes, ...need.fileBytes].reduce((sum, length) => sum + length, 0);
  const smallest = LEAST_SIZE[filesystem === 'fat32' ? 32 : 16];
  for (let mebibytes = Math.ceil(Math.max(smallest, bytes) / MIB); ; mebibytes++) {
    const layout = layOutFat(mebibytes * MIB, filesystem);
    if (layout === undefined) {
      return undefined;
    }
    if (fits(need, layout)) {
      return `${mebibytes}MiB`;
    }
  }
}

function clusterBytesOf({ sectorsPerCluster }: FatLayout): number {
  return sectorsPerCluster * SECTOR_SIZE;
}
