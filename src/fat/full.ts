import { ENTRY_SIZE, SECTOR_SIZE } from './constants.ts';
import type { PlannedDirectory } from './directories.ts';
import type { FatTree } from './tree.ts';
import { type FatLayout, layOutFat } from './volume-layout.ts';

const MIB = 2 ** 20;

/**
 * Throws where directories and files do not fit into a volume of `size` bytes, telling how much they need, how much there
 * is, and the size that would do.
 */
export function refuseFull(
  tree: FatTree,
  directories: readonly PlannedDirectory[],
  files: readonly number[],
  size: number,
): void {
  const need = measureNeed(tree, directories, files);
  const layout = layOutFat(size);
  if (fits(need, layout)) {
    return;
  }
  const rootEntries = need.directoryBytes[0] / ENTRY_SIZE;
  const sentence =
    layout.bits === 16 && rootEntries > layout.rootEntries
      ? `the names at the top of the firmware files need ${rootEntries} directory entries, and FAT16 has ${layout.rootEntries} there`
      : `the firmware files need ${neededBytes(need, layout)} bytes in whole clusters, and a FAT partition of ${size} bytes ` +
        `has ${layout.clusters * clusterBytesOf(layout)}`;
  throw new Error(
    `The firmware files do not fit: ${sentence}. Set the input firmware-size to ${leastSize(need)} or more.`,
  );
}

interface Need {
  /** Bytes of directories, the root's first. */
  readonly directoryBytes: readonly number[];
  readonly fileBytes: readonly number[];
}

function measureNeed(tree: FatTree, directories: readonly PlannedDirectory[], files: readonly number[]): Need {
  return {
    directoryBytes: directories.map(({ bytes }) => bytes),
    fileBytes: files.map((entry) => tree.entries[entry].size),
  };
}

function fits(need: Need, layout: FatLayout): boolean {
  if (layout.bits === 16 && need.directoryBytes[0] > layout.rootEntries * ENTRY_SIZE) {
    return false;
  }
  return neededBytes(need, layout) <= layout.clusters * clusterBytesOf(layout);
}

/** In whole clusters; the root directory of FAT16 is not in clusters. */
function neededBytes({ directoryBytes, fileBytes }: Need, layout: FatLayout): number {
  const unit = clusterBytesOf(layout);
  const inClusters = [...directoryBytes.slice(layout.bits === 32 ? 0 : 1), ...fileBytes];
  return inClusters.reduce((sum, bytes) => sum + Math.ceil(bytes / unit), 0) * unit;
}

/** The least whole number of MiB in which all fits: larger volumes can have larger clusters, so it is tried out. */
function leastSize(need: Need): string {
  const least = [...need.directoryBytes, ...need.fileBytes].reduce((sum, bytes) => sum + bytes, 0);
  let mebibytes = Math.max(9, Math.ceil(least / MIB));
  while (!fits(need, layOutFat(mebibytes * MIB))) {
    mebibytes++;
  }
  return `${mebibytes}MiB`;
}

function clusterBytesOf({ sectorsPerCluster }: FatLayout): number {
  return sectorsPerCluster * SECTOR_SIZE;
}
