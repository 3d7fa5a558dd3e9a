import { encodeReservedSectors } from './boot-sector.ts';
import { ENTRY_SIZE, FIRST_CLUSTER, SECTOR_SIZE } from './constants.ts';
import { listDirectories, listFiles } from './directories.ts';
import { encodeDirectory } from './directory.ts';
import { refuseFull } from './full.ts';
import { encodeLabel } from './label.ts';
import type { Chains } from './table.ts';
import type { FatTree } from './tree.ts';
import { type FatLayout, layOutFat } from './volume-layout.ts';

/** What a FAT volume is to be. */
export interface FatOptions {
  /** Bytes of the volume's partition, a whole number of sectors. */
  readonly size: number;
  /** 32 bits. */
  readonly volumeId: number;
  readonly label: string;
}

/** All of a FAT volume but the contents of its files: plain data, which threads can be sent. */
export interface FatPlan {
  /** Bytes of the partition. */
  readonly size: number;
  readonly layout: FatLayout;
  readonly reserved: Uint8Array;
  readonly chains: Chains;
  /** FAT16: the root directory. FAT32 has it among the others. */
  readonly rootDirectory: Uint8Array;
  /** The clusters of all directories in clusters; they are the first. */
  readonly directories: Uint8Array;
  /** Files that are not empty, in the order of their clusters: entry of the tree, first cluster, bytes. */
  readonly fileEntry: Uint32Array;
  readonly fileCluster: Uint32Array;
  readonly fileSize: Float64Array;
}

/**
 * Plans a FAT16 or FAT32 volume, by size as mkfs.vfat chooses. Directories stand first, then files, each in one piece, in the
 * order of their paths; entries of a directory are in the order of the bytes of their names, dated 2000-01-01 00:00:00 (FAT
 * has local times: it is midnight wherever it is read). Nothing is marked read-only, so that a card's configuration can
 * be edited wherever it is read.
 *
 * Throws where the size or label cannot be, where FAT cannot hold a name or a file, and where there is too little room.
 */
export function planFat(tree: FatTree, options: FatOptions): FatPlan {
  const label = encodeLabel(options.label);
  const layout = layOutFat(options.size);
  const planned = listDirectories(tree);
  const files = listFiles(tree, planned);
  refuseFull(tree, planned, files, options.size);

  const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
  const clusterOf = new Uint32Array(tree.entries.length);
  const chains: number[] = [];
  let next = FIRST_CLUSTER;
  const allocate = (entry: number, bytes: number): void => {
    clusterOf[entry] = next;
    chains.push(next);
    next += Math.ceil(bytes / clusterBytes);
  };
  const inClusters = layout.bits === 32 ? planned : planned.slice(1);
  for (const { entry, bytes } of inClusters) {
    allocate(entry, bytes);
  }
  const directoryBytes = Buffer.alloc((next - FIRST_CLUSTER) * clusterBytes);
  for (const entry of files) {
    allocate(entry, tree.entries[entry].size);
  }
  chains.push(next);

  const rootDirectory = Buffer.alloc(layout.rootEntries * ENTRY_SIZE);
  for (const { entry, children, names, shortNames } of planned) {
    const isRoot = entry === 0;
    const start = (clusterOf[entry] - FIRST_CLUSTER) * clusterBytes;
    const target = isRoot && layout.bits === 16 ? rootDirectory : directoryBytes.subarray(start);
    const { parent } = tree.entries[entry];
    const above = parent === 0 ? 0 : clusterOf[parent];
    encodeDirectory(
      target,
      isRoot ? { kind: 'root', label } : { kind: 'directory', own: clusterOf[entry], above },
      children.map((child, i) => ({
        name: names[i],
        shortName: shortNames[i],
        isDirectory: tree.entries[child].kind === 'directory',
        cluster: clusterOf[child],
        size: tree.entries[child].size,
      })),
    );
  }
  const { size, volumeId } = options;
  return {
    size,
    layout,
    reserved: encodeReservedSectors(layout, { volumeId, label }, next - FIRST_CLUSTER),
    chains: Uint32Array.from(chains),
    rootDirectory,
    directories: directoryBytes,
    fileEntry: Uint32Array.from(files),
    fileCluster: Uint32Array.from(files, (entry) => clusterOf[entry]),
    fileSize: Float64Array.from(files, (entry) => tree.entries[entry].size),
  };
}
