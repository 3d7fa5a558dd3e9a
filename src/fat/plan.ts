import { SECTOR_SIZE } from '../bytes/source.ts';
import { layOutFor } from './capacity.ts';
import { ENTRY_SIZE, FIRST_CLUSTER } from './constants.ts';
import { listDirectories, listFiles, type PlannedDirectory } from './directories.ts';
import { encodeLabel } from './label.ts';
import { encodeReservedSectors } from './structures/boot-sector.ts';
import { type DirectoryHead, encodeDirectory } from './structures/directory.ts';
import type { Chains } from './structures/table.ts';
import type { FatTree } from './tree.ts';
import type { FatFilesystem, FatLayout } from './volume-layout.ts';

/** The settings of a FAT volume. */
export interface FatOptions {
  /** Bytes of its partition, a multiple of the sector size. */
  readonly size: number;
  readonly filesystem: FatFilesystem;
  /** 32 bits. */
  readonly volumeId: number;
  readonly label: string;
}

/** A planned FAT volume, without the contents of its files: plain data, which can be sent to threads. */
export interface FatPlan {
  /** Bytes of the partition. */
  readonly size: number;
  readonly layout: FatLayout;
  /** The reserved sectors. */
  readonly reserved: Uint8Array;
  readonly chains: Chains;
  /** The root directory of FAT16; empty for FAT32, whose root directory is one of `directories`. */
  readonly rootDirectory: Uint8Array;
  /** The directories that are in clusters, which are the first clusters. */
  readonly directories: Uint8Array;
  /** The files that are not empty, in the order of their clusters: entry in the tree, first cluster, bytes. */
  readonly fileEntry: Uint32Array;
  readonly fileCluster: Uint32Array;
  readonly fileSize: Float64Array;
}

/**
 * Plans a FAT16 or FAT32 volume. Directories are stored first, then files,
 * each contiguous, in the order of their paths. The entries of a directory are in the byte order of their names, with the
 * time 2000-01-01 00:00:00 (FAT has local times, so it is midnight in every time zone). No file is read-only, so that the
 * configuration of a card can be edited.
 *
 * Throws a `UserError` if the size or the label is not valid, FAT cannot store a name or a file, or the space is too small.
 */
export function planFat(tree: FatTree, options: FatOptions): FatPlan {
  const label = encodeLabel(options.label);
  const planned = listDirectories(tree);
  const files = listFiles(tree, planned);
  const layout = layOutFor({ tree, directories: planned, files }, options.size, options.filesystem);

  const allocation = allocateClusters(tree, layout, planned, files);
  const { size, volumeId } = options;
  return {
    size,
    layout,
    reserved: encodeReservedSectors(layout, { volumeId, label }, allocation.end - FIRST_CLUSTER),
    chains: allocation.chains,
    ...encodeDirectories(tree, layout, { planned, allocation, label }),
    fileEntry: Uint32Array.from(files),
    fileCluster: Uint32Array.from(files, (entry) => allocation.clusterOf[entry]),
    fileSize: Float64Array.from(files, (entry) => tree.entries[entry].size),
  };
}

interface Allocation {
  /** The first cluster of each entry of the tree; 0 if it has none. */
  readonly clusterOf: Uint32Array;
  readonly chains: Chains;
  /** The cluster after the last directory, and that after the last file. */
  readonly directoriesEnd: number;
  readonly end: number;
}

function allocateClusters(
  tree: FatTree,
  layout: FatLayout,
  planned: readonly PlannedDirectory[],
  files: readonly number[],
): Allocation {
  const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
  const clusterOf = new Uint32Array(tree.entries.length);
  const chains: number[] = [];
  let next = FIRST_CLUSTER;
  const allocate = (entry: number, bytes: number): void => {
    clusterOf[entry] = next;
    chains.push(next);
    next += Math.ceil(bytes / clusterBytes);
  };
  for (const { entry, bytes } of layout.bits === 32 ? planned : planned.slice(1)) {
    allocate(entry, bytes);
  }
  const directoriesEnd = next;
  for (const entry of files) {
    allocate(entry, tree.entries[entry].size);
  }
  return { clusterOf, chains: Uint32Array.from([...chains, next]), directoriesEnd, end: next };
}

interface Directories {
  readonly planned: readonly PlannedDirectory[];
  readonly allocation: Allocation;
  readonly label: Uint8Array;
}

function encodeDirectories(
  tree: FatTree,
  layout: FatLayout,
  { planned, allocation, label }: Directories,
): Pick<FatPlan, 'rootDirectory' | 'directories'> {
  const { clusterOf, directoriesEnd } = allocation;
  const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
  const directories = Buffer.alloc((directoriesEnd - FIRST_CLUSTER) * clusterBytes);
  const rootDirectory = Buffer.alloc(layout.rootEntries * ENTRY_SIZE);
  const headOf = (entry: number): DirectoryHead => {
    const { parent } = tree.entries[entry];
    return { kind: 'directory', own: clusterOf[entry], parent: parent === 0 ? 0 : clusterOf[parent] };
  };
  for (const { entry, children, names, shortNames } of planned) {
    const isRoot = entry === 0;
    const start = (clusterOf[entry] - FIRST_CLUSTER) * clusterBytes;
    const target = isRoot && layout.bits === 16 ? rootDirectory : directories.subarray(start);
    encodeDirectory(
      target,
      isRoot ? { kind: 'root', label } : headOf(entry),
      children.map((child, i) => ({
        name: names[i],
        shortName: shortNames[i],
        isDirectory: tree.entries[child].kind === 'directory',
        cluster: clusterOf[child],
        size: tree.entries[child].size,
      })),
    );
  }
  return { rootDirectory, directories };
}
