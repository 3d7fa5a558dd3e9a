import { SECTOR_SIZE } from '../bytes/source.ts';
import { inputError } from '../errors/user-error.ts';
import { ENTRY_SIZE } from './constants.ts';
import type { PlannedDirectory } from './directories.ts';
import type { FatTree } from './tree.ts';
import { type FatLayout, LEAST_SIZE, layOutFat } from './volume-layout.ts';

const MIB = 2 ** 20;

/** What a volume must hold. */
export interface VolumeContents {
  readonly tree: FatTree;
  readonly directories: readonly PlannedDirectory[];
  /** Entries in the tree of the files that are not empty. */
  readonly files: readonly number[];
}

/**
 * Checks that directories and files fit into a volume of `size` bytes. Throws a `UserError` with the space that they need,
 * the space of the volume, and the least sufficient size.
 */
export function checkCapacity({ tree, directories, files }: VolumeContents, size: number): void {
  const need: Need = {
    directoryBytes: directories.map(({ bytes }) => bytes),
    fileBytes: files.map((entry) => tree.entries[entry].size),
  };
  const layout = layOutFat(size);
  if (fits(need, layout)) {
    return;
  }
  throw inputError({
    input: 'firmware-size',
    message: `The firmware files do not fit: ${shortage(need, layout, size)}.`,
    remedy: `Set the input firmware-size to ${leastSize(need)} or more.`,
  });
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

/** The least whole number of MiB that is sufficient, by trial: larger volumes may have larger clusters. */
function leastSize(need: Need): string {
  const bytes = [...need.directoryBytes, ...need.fileBytes].reduce((sum, length) => sum + length, 0);
  let mebibytes = Math.ceil(Math.max(LEAST_SIZE, bytes) / MIB);
  while (!fits(need, layOutFat(mebibytes * MIB))) {
    mebibytes++;
  }
  return `${mebibytes}MiB`;
}

function clusterBytesOf({ sectorsPerCluster }: FatLayout): number {
  return sectorsPerCluster * SECTOR_SIZE;
}
