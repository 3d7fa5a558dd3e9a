import { cutRanges, type RandomAccess } from '../../bytes/source.ts';
import {
  CLUSTER_MASK,
  END_OF_CHAIN,
  FIRST_CLUSTER,
  FSINFO,
  FSINFO_LEAD,
  FSINFO_STRUCTURE,
  SECTOR_SIZE,
} from '../constants.ts';
import type { VolumeGeometry } from './boot-sector.ts';
import { fatError } from './format-error.ts';

/** Clusters that lie side by side. */
export interface ClusterRun {
  readonly cluster: number;
  readonly length: number;
}

export interface ClusterTable {
  /** Clusters that belong to a chain, by the table. */
  readonly used: number;
  /** Clusters that chains were followed through. */
  followed(): number;
  /**
   * Follows the chain from a cluster on, as runs. No cluster can be followed through twice, in whatever chains: that
   * bounds the work, and no cluster may belong to two files.
   */
  follow(cluster: number, place: string): readonly ClusterRun[];
}

/** Opens the table: its copies must be alike, and FAT32's count of free clusters must be that of the table. */
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
          throw chainFault(place, 'a cluster of this chain alone', cluster);
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

/** Chains are followed upwards mostly: the page that was read last is kept. */
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

function countUsed(access: RandomAccess, { bits, tables, tableBytes, clusters }: VolumeGeometry): number {
  const width = bits / 8;
  const end = (clusters + FIRST_CLUSTER) * width;
  let used = 0;
  for (const { offset, length } of cutRanges(tableBytes, PAGE_BYTES)) {
    const [page, copy] = tables.map((table) => {
      const bytes = Buffer.alloc(length);
      access.read(bytes, table + offset);
      return bytes;
    });
    if (copy !== undefined && !page.equals(copy)) {
      throw fatError({
        structure: 'table',
        place: `byte ${offset} on`,
        expected: 'two equal copies',
        found: 'different ones',
      });
    }
    const from = offset === 0 ? FIRST_CLUSTER * width : 0;
    for (let i = from; i < Math.min(length, end - offset); i += width) {
      if (entryAt(page, i, bits) !== 0) {
        used++;
      }
    }
  }
  return used;
}

const UNKNOWN = 0xffffffff;

function checkFsInfo(access: RandomAccess, { fsInfoSector }: VolumeGeometry, free: number): void {
  const sector = Buffer.alloc(SECTOR_SIZE);
  access.read(sector, fsInfoSector * SECTOR_SIZE);
  const expectField = (offset: number, expected: number): void => {
    const found = sector.readUInt32LE(offset);
    if (found !== expected && !(offset === FSINFO.freeClusters && found === UNKNOWN)) {
      throw fatError({
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
  return fatError({ structure: 'cluster chain', place, expected, found: String(found) });
}
