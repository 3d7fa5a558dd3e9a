import { firstDifference } from '../../bytes/compare.ts';
import { cutRanges, type RandomAccess, SECTOR_SIZE } from '../../bytes/source.ts';
import { windowOf } from '../../bytes/window.ts';
import { CLUSTER_MASK, END_OF_CHAIN, FIRST_CLUSTER, FSINFO, FSINFO_LEAD, FSINFO_STRUCTURE } from '../constants.ts';
import type { VolumeGeometry } from './boot-sector.ts';
import { FatFormatError } from './format-error.ts';

/** Contiguous clusters. */
export interface ClusterRun {
  readonly cluster: number;
  readonly length: number;
}

/** The table of a volume. */
export interface ClusterTable {
  /** Number of clusters that the table marks as used. */
  readonly used: number;
  /** Number of clusters in the chains that have been followed. */
  followed(): number;
  /**
   * Follows the chain from a cluster on. Throws a `FatFormatError` at a cluster that a chain has included before: this
   * bounds the work, and no cluster can belong to two files.
   */
  follow(cluster: number, place: string): readonly ClusterRun[];
}

/** Opens the table, and checks that its copies are equal and that FSInfo has its number of free clusters. */
export function openTable(access: RandomAccess, geometry: VolumeGeometry): ClusterTable {
  const { bits, clusters } = geometry;
  const used = countUsed(access, geometry);
  if (bits === 32) {
    checkFsInfo(access, geometry, clusters - used);
  }
  const seen = new Uint8Array(clusters + FIRST_CLUSTER);
  const entryOf = cachedEntries(access, geometry);
  let followed = 0;

  return {
    used,
    followed: () => followed,
    follow(first, place) {
      const runs: { cluster: number; length: number }[] = [];
      for (let cluster = first; cluster < END_OF_CHAIN[bits]; cluster = entryOf(cluster)) {
        if (cluster < FIRST_CLUSTER || cluster >= clusters + FIRST_CLUSTER) {
          throw chainFault(place, `a cluster from 2 to ${clusters + 1}`, cluster);
        }
        if (seen[cluster] === 1) {
          throw chainFault(place, 'a cluster that is in no chain yet', cluster);
        }
        seen[cluster] = 1;
        followed++;
        const last = runs.at(-1);
        if (last !== undefined && cluster === last.cluster + last.length) {
          last.length++;
        } else {
          runs.push({ cluster, length: 1 });
        }
      }
      return runs;
    },
  };
}

const PAGE_BYTES = 64 * 1024;

/** Keeps the page that was read last, because chains mostly ascend. */
function cachedEntries(
  access: RandomAccess,
  { bits, tables, tableBytes }: VolumeGeometry,
): (cluster: number) => number {
  let pageStart = -1;
  let page = Buffer.alloc(0);
  return (cluster) => {
    const position = (cluster * bits) / 8;
    const start = Math.floor(position / PAGE_BYTES) * PAGE_BYTES;
    if (start !== pageStart) {
      page = Buffer.alloc(Math.min(PAGE_BYTES, tableBytes - start));
      access.read(page, tables[0] + start);
      pageStart = start;
    }
    return entryAt(page, position - start, bits);
  };
}

function entryAt(bytes: Buffer, position: number, bits: 16 | 32): number {
  return bits === 16 ? bytes.readUInt16LE(position) : bytes.readUInt32LE(position) & CLUSTER_MASK[32];
}

/** Checks that the second table, if there is one, equals the first. */
function checkCopies(access: RandomAccess, [first = 0, second = first]: readonly number[], length: number): void {
  const at = firstDifference(
    windowOf(access, { offset: second, length }),
    windowOf(access, { offset: first, length }),
    { offset: 0, length },
  );
  if (at !== undefined) {
    throw new FatFormatError({
      structure: 'table',
      place: `byte ${at}`,
      expected: 'two equal copies',
      found: 'different bytes',
    });
  }
}

function countUsed(access: RandomAccess, { bits, tables, tableBytes, clusters }: VolumeGeometry): number {
  const width = bits / 8;
  const end = (clusters + FIRST_CLUSTER) * width;
  let used = 0;
  checkCopies(access, tables, tableBytes);
  const [table = 0] = tables;
  for (const { offset, length } of cutRanges(tableBytes, PAGE_BYTES)) {
    const page = Buffer.alloc(length);
    access.read(page, table + offset);
    const from = offset === 0 ? FIRST_CLUSTER * width : 0;
    for (let i = from; i < Math.min(length, end - offset); i += width) {
      if (entryAt(page, i, bits) !== 0) {
        used++;
      }
    }
  }
  return used;
}

/** The number of free clusters in FSInfo if it is not known. */
const UNKNOWN = 0xffffffff;

function checkFsInfo(access: RandomAccess, { fsInfoSector }: VolumeGeometry, free: number): void {
  const sector = Buffer.alloc(SECTOR_SIZE);
  access.read(sector, fsInfoSector * SECTOR_SIZE);
  const expectField = (offset: number, expected: number): void => {
    const found = sector.readUInt32LE(offset);
    if (found !== expected && !(offset === FSINFO.freeClusters && found === UNKNOWN)) {
      throw new FatFormatError({
        structure: 'FSInfo',
        place: `byte ${offset}`,
        expected: String(expected),
        found: String(found),
      });
    }
  };
  expectField(FSINFO.lead, FSINFO_LEAD);
  expectField(FSINFO.structure, FSINFO_STRUCTURE);
  expectField(FSINFO.freeClusters, free);
}

function chainFault(place: string, expected: string, found: number): Error {
  return new FatFormatError({ structure: 'cluster chain', place, expected, found: String(found) });
}
