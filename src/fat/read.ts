import type { RandomAccess } from '../bytes/source.ts';
import { quote } from '../text/quote.ts';
import { ATTRIBUTE } from './constants.ts';
import { readBootSector, type VolumeGeometry } from './read/boot-sector.ts';
import { type ReadDirectory, type ReadEntry, readDirectory } from './read/directory.ts';
import { fatError } from './read/format-error.ts';
import { readRuns } from './read/runs.ts';
import { type ClusterRun, type ClusterTable, openTable } from './read/table.ts';

/** A file or directory of a volume that was read. */
export interface FatVolumeEntry {
  readonly kind: 'directory' | 'file';
  /** The entry that holds it; the root, entry 0, is its own. */
  readonly parent: number;
  readonly name: string;
  /** From the root, without a slash in front. */
  readonly path: string;
  /** Bytes of a file; 0 for a directory. */
  readonly size: number;
}

export interface FatVolume {
  readonly bits: 16 | 32;
  readonly volumeId: number;
  readonly label: string | undefined;
  /** Entry 0 is the root; all others come after their directory, those of one directory in the order of its directory. */
  readonly entries: readonly FatVolumeEntry[];
  /** Fills `target` from a byte of a file; throws a `RangeError` where that leaves it. */
  read(entry: number, position: number, target: Uint8Array): void;
}

/**
 * Reads a FAT16 or FAT32 volume, knowing nothing of what wrote it but the format's constants. All of its structures are
 * read and checked at once: copies of the table, chains, names, counts; no cluster may be used twice or be lost.
 *
 * Throws an error that `isFatError` tells, whatever the bytes are, in time and memory that the volume's size bounds.
 */
export function openFat(access: RandomAccess): FatVolume {
  const geometry = readBootSector(access);
  const table = openTable(access, geometry);
  const entries: FatVolumeEntry[] = [{ kind: 'directory', parent: 0, name: '', path: '', size: 0 }];
  const runs: (readonly ClusterRun[])[] = [[]];
  const clusterOf: number[] = [ROOT];
  let label: string | undefined;

  for (let directory = 0; directory < entries.length; directory++) {
    if (entries[directory].kind === 'file') {
      continue;
    }
    const place = `directory ${quote(entries[directory].path)}`;
    const contents = readDirectoryBytes(access, geometry, table, clusterOf[directory], place);
    if (directory === 0) {
      label = contents.label;
    }
    const expected =
      directory === 0 ? undefined : { own: clusterOf[directory], above: clusterOf[entries[directory].parent] };
    for (const child of checkHead(contents, expected, place)) {
      const path = directory === 0 ? child.name : `${entries[directory].path}/${child.name}`;
      const kind = (child.attributes & ATTRIBUTE.directory) !== 0 ? 'directory' : 'file';
      if (kind === 'directory' && child.cluster === ROOT) {
        throw directoryFault(place, `a cluster of its own for ${quote(child.name)}`, 'none');
      }
      runs.push(kind === 'file' ? followFile(geometry, table, child, path) : []);
      clusterOf.push(child.cluster);
      entries.push({ kind, parent: directory, name: child.name, path, size: kind === 'file' ? child.size : 0 });
    }
  }
  if (table.followed() !== table.used) {
    throw fatError({
      structure: 'table',
      place: 'all clusters',
      expected: `${table.followed()} in use, as files and directories have`,
      found: String(table.used),
    });
  }
  return {
    bits: geometry.bits,
    volumeId: geometry.volumeId,
    label,
    entries,
    read(entry, position, target) {
      const { path, size } = entries[entry];
      const end = position + target.length;
      if (position < 0 || end > size) {
        throw new RangeError(`Bytes ${position} to ${end} are outside ${quote(path)} of ${size} bytes.`);
      }
      readRuns(access, geometry, runs[entry], position, target);
    },
  };
}

function readDirectoryBytes(
  access: RandomAccess,
  geometry: VolumeGeometry,
  table: ClusterTable,
  cluster: number,
  place: string,
): ReadDirectory {
  const isFixedRoot = geometry.bits === 16 && cluster === ROOT;
  const chain = isFixedRoot ? [] : table.follow(cluster === ROOT ? geometry.rootCluster : cluster, place);
  const clusters = chain.reduce((sum, { length }) => sum + length, 0);
  const length = isFixedRoot ? geometry.rootBytes : clusters * geometry.clusterBytes;
  if (length > MAX_DIRECTORY_BYTES) {
    throw directoryFault(place, `at most ${MAX_DIRECTORY_BYTES} bytes`, String(length));
  }
  const bytes = Buffer.alloc(length);
  if (isFixedRoot) {
    access.read(bytes, geometry.rootOffset);
  } else {
    readRuns(access, geometry, chain, 0, bytes);
  }
  return readDirectory(bytes, geometry.bits, place);
}

/** Stands for the root's first cluster, wherever it is. */
const ROOT = 0;
/** 65,536 entries. */
const MAX_DIRECTORY_BYTES = 2 ** 21;

/** Gives the entries after those that every directory but the root starts with, which lead to itself and up. */
function checkHead(
  { entries, label }: ReadDirectory,
  expected: { readonly own: number; readonly above: number } | undefined,
  place: string,
): readonly ReadEntry[] {
  const names = new Set(entries.map(({ name }) => name));
  if (names.size !== entries.length) {
    throw directoryFault(place, 'each name once', 'a name twice');
  }
  if (expected === undefined) {
    if (names.has('.') || names.has('..')) {
      throw directoryFault(place, 'no entry for itself in the root', 'one');
    }
    return entries;
  }
  const [own, above, ...rest] = entries;
  const isRight =
    own?.name === '.' && own.cluster === expected.own && above?.name === '..' && above.cluster === expected.above;
  if (!isRight) {
    throw directoryFault(place, `entries . to ${expected.own} and .. to ${expected.above} first`, 'others');
  }
  if (label !== undefined) {
    throw directoryFault(place, 'a volume label in the root alone', quote(label));
  }
  return rest;
}

function followFile(
  { clusterBytes }: VolumeGeometry,
  table: ClusterTable,
  { cluster, size }: ReadEntry,
  path: string,
): readonly ClusterRun[] {
  const place = `file ${quote(path)}`;
  const runs = cluster === 0 ? [] : table.follow(cluster, place);
  const found = runs.reduce((sum, { length }) => sum + length, 0);
  const expected = Math.ceil(size / clusterBytes);
  if (found !== expected) {
    throw fatError({ structure: 'cluster chain', place, expected: `${expected} clusters`, found: String(found) });
  }
  return runs;
}

function directoryFault(place: string, expected: string, found: string): Error {
  return fatError({ structure: 'directory', place, expected, found });
}
