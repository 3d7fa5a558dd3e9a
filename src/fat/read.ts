import { checkBounds } from '../bytes/bounds.ts';
import type { RandomAccess } from '../bytes/source.ts';
import { quote } from '../text/escape.ts';
import { ATTRIBUTE, ENTRY_SIZE, FIRST_CLUSTER, MAX_DIRECTORY_ENTRIES } from './constants.ts';
import { readBootSector, type VolumeGeometry } from './read/boot-sector.ts';
import { type ReadDirectory, type ReadEntry, readDirectory } from './read/directory.ts';
import { FatFormatError } from './read/format-error.ts';
import { type ClusterRun, type ClusterTable, openTable } from './read/table.ts';

/** A file or directory of a volume. */
export interface FatVolumeEntry {
  readonly kind: 'directory' | 'file';
  /** The directory that contains it; the root, entry 0, contains itself. */
  readonly parent: number;
  readonly name: string;
  /** From the root, without a leading slash. */
  readonly path: string;
  /** Bytes of a file; 0 for a directory. */
  readonly size: number;
}

/** A volume opened for reading. */
export interface FatVolume {
  readonly bits: 16 | 32;
  readonly volumeId: number;
  readonly label: string | undefined;
  /** Entry 0 is the root. All others are after their directory, in the order of its entries. */
  readonly entries: readonly FatVolumeEntry[];
  /** Fills `target` with the bytes of a file from `position` on. Throws a `RangeError` after its end. */
  read(entry: number, position: number, target: Uint8Array): void;
}

/**
 * Opens a FAT16 or FAT32 volume. It shares the constants of the format with the writer and nothing else. All structures are
 * read and verified: copies of the table, chains, names, counts, and that every used cluster belongs to one file.
 *
 * Throws a `FatFormatError` if any of this is wrong, in time and memory that are bounded by the size of the volume.
 */
export function openFat(access: RandomAccess): FatVolume {
  const geometry = readBootSector(access);
  const table = openTable(access, geometry);
  const { label, files } = listFiles({ access, geometry, table });
  if (table.followed() !== table.used) {
    throw new FatFormatError({
      structure: 'table',
      place: 'all clusters',
      expected: `${table.followed()} used clusters, those of all files and directories`,
      found: String(table.used),
    });
  }
  return {
    bits: geometry.bits,
    volumeId: geometry.volumeId,
    label,
    entries: files.map(({ entry }) => entry),
    read(entry, position, target) {
      const { entry: file, runs } = files[entry];
      checkBounds({ offset: position, length: target.length }, file.size, 'a file');
      readRuns(access, geometry, runs, { target, position });
    },
  };
}

interface OpenVolume {
  readonly access: RandomAccess;
  readonly geometry: VolumeGeometry;
  readonly table: ClusterTable;
}

/** An entry and its location. */
interface VolumeFile {
  readonly entry: FatVolumeEntry;
  /** First cluster; 0 if it has none. */
  readonly cluster: number;
  /** The clusters of a file. */
  readonly runs: readonly ClusterRun[];
}

/** Reads all directories, in breadth-first order. */
function listFiles(volume: OpenVolume): { readonly label: string | undefined; readonly files: readonly VolumeFile[] } {
  const root: FatVolumeEntry = { kind: 'directory', parent: 0, name: '', path: '', size: 0 };
  const files: VolumeFile[] = [{ entry: root, cluster: ROOT, runs: [] }];
  let label: string | undefined;
  // The loop visits the directories that it appends.
  for (const [directory, { entry, cluster }] of files.entries()) {
    if (entry.kind === 'file') {
      continue;
    }
    const place = `directory ${quote(entry.path)}`;
    const contents = readDirectoryOf(volume, cluster, place);
    const isRoot = directory === 0;
    if (isRoot) {
      label = contents.label;
    }
    const children = isRoot
      ? childrenOfRoot(contents, place)
      : childrenOf(contents, { own: cluster, parent: files[entry.parent].cluster }, place);
    for (const child of children) {
      const path = isRoot ? child.name : `${entry.path}/${child.name}`;
      files.push(locate(volume, child, { parent: directory, path, place }));
    }
  }
  return { label, files };
}

function locate(
  volume: OpenVolume,
  child: ReadEntry,
  { parent, path, place }: { readonly parent: number; readonly path: string; readonly place: string },
): VolumeFile {
  const { name, cluster, size } = child;
  if ((child.attributes & ATTRIBUTE.directory) === 0) {
    return { entry: { kind: 'file', parent, name, path, size }, cluster, runs: followFile(volume, child, path) };
  }
  if (cluster === ROOT) {
    throw directoryFault(place, `a cluster for the directory ${quote(name)}`, 'none');
  }
  return { entry: { kind: 'directory', parent, name, path, size: 0 }, cluster, runs: [] };
}

function readDirectoryOf({ access, geometry, table }: OpenVolume, cluster: number, place: string): ReadDirectory {
  if (geometry.bits === 16 && cluster === ROOT) {
    const bytes = allocateDirectory(geometry.rootBytes, place);
    access.read(bytes, geometry.rootOffset);
    return readDirectory(bytes, geometry.bits, place);
  }
  const chain = table.follow(cluster === ROOT ? geometry.rootCluster : cluster, place);
  const bytes = allocateDirectory(countClusters(chain) * geometry.clusterBytes, place);
  readRuns(access, geometry, chain, { target: bytes, position: 0 });
  return readDirectory(bytes, geometry.bits, place);
}

function allocateDirectory(length: number, place: string): Buffer {
  if (length > MAX_DIRECTORY_BYTES) {
    throw directoryFault(place, `at most ${MAX_DIRECTORY_BYTES} bytes`, String(length));
  }
  return Buffer.alloc(length);
}

/** First cluster of the root in entries that refer to it. */
const ROOT = 0;
const MAX_DIRECTORY_BYTES = MAX_DIRECTORY_ENTRIES * ENTRY_SIZE;

function childrenOfRoot({ entries }: ReadDirectory, place: string): readonly ReadEntry[] {
  checkUnique(entries, place);
  const dots = entries.find(({ name }) => name === '.' || name === '..');
  if (dots !== undefined) {
    throw directoryFault(place, 'no entries . and .. in the root', dots.name);
  }
  return entries;
}

/** The entries after `.` and `..`, which must refer to the directory and its parent. */
function childrenOf(
  { entries, label }: ReadDirectory,
  expected: { readonly own: number; readonly parent: number },
  place: string,
): readonly ReadEntry[] {
  checkUnique(entries, place);
  const [dot, dotDot, ...children] = entries;
  const heads = [
    ['.', expected.own, dot],
    ['..', expected.parent, dotDot],
  ] as const;
  for (const [name, cluster, found] of heads) {
    if (found?.name !== name || found.cluster !== cluster) {
      const what = found === undefined ? 'none' : `${quote(found.name)} at cluster ${found.cluster}`;
      throw directoryFault(place, `the entry ${name} at cluster ${cluster}`, what);
    }
  }
  if (label !== undefined) {
    throw directoryFault(place, 'a volume label in the root only', quote(label));
  }
  return children;
}

function checkUnique(entries: readonly ReadEntry[], place: string): void {
  const names = new Set<string>();
  for (const { name } of entries) {
    if (names.has(name)) {
      throw directoryFault(place, 'each name once', `${quote(name)} twice`);
    }
    names.add(name);
  }
}

function followFile(
  { geometry, table }: OpenVolume,
  { cluster, size }: ReadEntry,
  path: string,
): readonly ClusterRun[] {
  const place = `file ${quote(path)}`;
  const runs = cluster === 0 ? [] : table.follow(cluster, place);
  const found = countClusters(runs);
  const expected = Math.ceil(size / geometry.clusterBytes);
  if (found !== expected) {
    throw new FatFormatError({
      structure: 'cluster chain',
      place,
      expected: `${expected} clusters`,
      found: String(found),
    });
  }
  return runs;
}

function countClusters(runs: readonly ClusterRun[]): number {
  return runs.reduce((sum, { length }) => sum + length, 0);
}

/** Fills `target` with the bytes of a chain from `position` on. */
function readRuns(
  access: RandomAccess,
  { clusterBytes, dataOffset }: VolumeGeometry,
  runs: readonly ClusterRun[],
  { target, position }: { readonly target: Uint8Array; readonly position: number },
): void {
  const limit = position + target.length;
  let start = 0;
  for (const { cluster, length } of runs) {
    const end = start + length * clusterBytes;
    const from = Math.max(start, position);
    const to = Math.min(end, limit);
    const offset = dataOffset + (cluster - FIRST_CLUSTER) * clusterBytes;
    if (from < to) {
      access.read(target.subarray(from - position, to - position), offset + from - start);
    }
    start = end;
  }
}

function directoryFault(place: string, expected: string, found: string): FatFormatError {
  return new FatFormatError({ structure: 'directory', place, expected, found });
}
