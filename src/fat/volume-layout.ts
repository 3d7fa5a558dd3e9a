import { SECTOR_SIZE } from '../bytes/source.ts';
import { ENTRY_SIZE, FAT32_LEAST_CLUSTERS } from './constants.ts';

/** The areas of a FAT volume, in this order: reserved sectors, two tables, the root directory of FAT16, clusters. */
export interface FatLayout {
  /** Bits of an entry of the table. */
  readonly bits: 16 | 32;
  /** Sectors of the volume, all of its partition. */
  readonly sectors: number;
  readonly sectorsPerCluster: number;
  readonly reservedSectors: number;
  /** Sectors of each of the two tables. */
  readonly fatSectors: number;
  /** Entries of the root directory; 0 for FAT32, whose root directory is in clusters. */
  readonly rootEntries: number;
  readonly clusters: number;
  readonly heads: number;
  readonly sectorsPerTrack: number;
}

/** The types of volumes that can be asked for; `auto` is the one that mkfs.vfat chooses by the size. */
export const FAT_FILESYSTEMS = ['auto', 'fat16', 'fat32'] as const;

export type FatFilesystem = (typeof FAT_FILESYSTEMS)[number];

/** Number of copies of the table. */
export const FATS = 2;

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/**
 * Lays out a volume of `size` bytes, a multiple of the sector size, as mkfs.vfat of dosfstools 4.2 does (src/mkfs.fat.c,
 * establish_params and setup_tables): FAT16 below 512 MiB, otherwise FAT32, unless one of them is asked for; the smallest
 * clusters that the type allows, and all areas aligned to clusters. Unlike there, no sectors are left over at the end of
 * the partition: boot ROMs compare both sizes.
 *
 * Returns `undefined` if the type cannot have this size. FAT12, which mkfs.vfat would use below 9 MiB, is not used: boot
 * loaders and boot ROMs often do not support it.
 */
export function layOutFat(size: number, filesystem: FatFilesystem): FatLayout | undefined {
  const sectors = size / SECTOR_SIZE;
  const bits = bitsOf(size, filesystem);
  const layout = bits === 32 ? layOutFat32(sectors, size) : layOutFat16(sectors);
  return layout && { ...layout, sectors, ...geometryFor(sectors) };
}

/** The type of a volume of `size` bytes. */
export function bitsOf(size: number, filesystem: FatFilesystem): 16 | 32 {
  if (filesystem === 'auto') {
    return size >= FAT32_FROM ? 32 : 16;
  }
  return filesystem === 'fat32' ? 32 : 16;
}

/** Bytes of the smallest volume of each type, in whole MiB. */
export const LEAST_SIZE = { 16: 9 * MIB, 32: 33 * MIB } as const;
const FAT32_FROM = 512 * MIB;

/**
 * The fields for CHS addressing: for small sizes from part 2 of the SD card specification, for others by LBA assist. DOS
 * and mtools require whole tracks, so where these do not divide the volume, a power of two is used that does.
 */
function geometryFor(sectors: number): Pick<FatLayout, 'heads' | 'sectorsPerTrack'> {
  const row = GEOMETRIES.find(([most]) => sectors <= most);
  const [, heads, usual] = row ?? LARGEST_GEOMETRY;
  const sectorsPerTrack = [usual, 32, 16, 8, 4, 2].find((track) => sectors % track === 0) ?? 1;
  return { heads, sectorsPerTrack };
}

const LARGEST_GEOMETRY = [Number.POSITIVE_INFINITY, 255, 63] as const;
/** The most sectors, the heads and the sectors per track. */
const GEOMETRIES = [
  [4096, 2, 16],
  [32768, 2, 32],
  [65536, 4, 32],
  [262144, 8, 32],
  [524288, 16, 32],
  [16 * 63 * 1024, 16, 63],
  [32 * 63 * 1024, 32, 63],
  [64 * 63 * 1024, 64, 63],
  [128 * 63 * 1024, 128, 63],
] as const;

type Areas = Omit<FatLayout, 'sectors' | 'heads' | 'sectorsPerTrack'>;

const LEAST_CLUSTER = 4;
const LARGEST_CLUSTER = 128;
const FAT16_ROOT_SECTORS = 32;
const FAT12_MOST_CLUSTERS = 4084;
/** Two more than in the specification: Windows treats volumes of 4085 and 4086 clusters as FAT12. */
const FAT16_LEAST_CLUSTERS = 4087;

/** Doubles the cluster size until FAT16 can number the clusters; `undefined` if FAT12 can, or if there are too many. */
function layOutFat16(sectors: number): Areas | undefined {
  for (let sectorsPerCluster = LEAST_CLUSTER; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
    const reservedSectors = roundUp(1, sectorsPerCluster);
    const rootSectors = roundUp(FAT16_ROOT_SECTORS, sectorsPerCluster);
    const available = sectors - reservedSectors - rootSectors;
    if (countClusters(available, sectorsPerCluster, 12).clusters <= FAT12_MOST_CLUSTERS) {
      return undefined;
    }
    const { clusters, fatSectors } = countClusters(available, sectorsPerCluster, 16);
    if (clusters >= FAT16_LEAST_CLUSTERS && clusters < FAT32_LEAST_CLUSTERS) {
      const rootEntries = rootSectors * (SECTOR_SIZE / ENTRY_SIZE);
      return { bits: 16, sectorsPerCluster, reservedSectors, fatSectors, rootEntries, clusters };
    }
  }
  return undefined;
}

const FAT32_RESERVED_SECTORS = 32;
const FAT32_MOST_CLUSTERS = 268435446;
/** The largest size in bytes, and the sectors per cluster that the format command of Windows chooses up to it. */
const WINDOWS_CLUSTERS = [
  [260 * MIB, 1],
  [8 * GIB, 8],
  [16 * GIB, 16],
  [32 * GIB, 32],
] as const;
const LARGEST_WINDOWS_CLUSTER = [Number.POSITIVE_INFINITY, 64] as const;

/**
 * Begins with the cluster size of Windows, and doubles it until FAT32 can number the clusters; `undefined` if there are so
 * few that the volume would be taken for FAT16.
 */
function layOutFat32(sectors: number, size: number): Areas | undefined {
  const [, smallest] = WINDOWS_CLUSTERS.find(([largest]) => size <= largest) ?? LARGEST_WINDOWS_CLUSTER;
  for (let sectorsPerCluster: number = smallest; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
    const reservedSectors = roundUp(FAT32_RESERVED_SECTORS, sectorsPerCluster);
    const { clusters, fatSectors } = countClusters(sectors - reservedSectors, sectorsPerCluster, 32);
    if (clusters < FAT32_LEAST_CLUSTERS) {
      return undefined;
    }
    if (clusters <= FAT32_MOST_CLUSTERS) {
      return { bits: 32, sectorsPerCluster, reservedSectors, fatSectors, rootEntries: 0, clusters };
    }
  }
  return undefined;
}

/** Divides `available` sectors between the two tables and the clusters. */
function countClusters(
  available: number,
  sectorsPerCluster: number,
  bits: 12 | 16 | 32,
): Pick<FatLayout, 'clusters' | 'fatSectors'> {
  const entryBytes = bits / 8;
  const guess = Math.floor(
    (available * SECTOR_SIZE + FATS * 2 * entryBytes) / (sectorsPerCluster * SECTOR_SIZE + FATS * entryBytes),
  );
  const fatSectors = roundUp(Math.ceil(((guess + 2) * entryBytes) / SECTOR_SIZE), sectorsPerCluster);
  return { clusters: Math.floor((available - FATS * fatSectors) / sectorsPerCluster), fatSectors };
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
