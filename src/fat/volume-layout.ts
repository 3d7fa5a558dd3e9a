import { FAT32_LEAST_CLUSTERS, SECTOR_SIZE } from './constants.ts';

/** The areas of a FAT volume, in turn: reserved sectors, two tables, FAT16's root directory, clusters. */
export interface FatLayout {
  /** Bits of an entry of the table. */
  readonly bits: 16 | 32;
  /** Sectors of the volume; the rest of its partition, less than a track, is not used. */
  readonly sectors: number;
  readonly sectorsPerCluster: number;
  readonly reservedSectors: number;
  /** Sectors of each of the two tables. */
  readonly fatSectors: number;
  /** Entries of the root directory; 0 for FAT32, which has it in clusters. */
  readonly rootEntries: number;
  readonly clusters: number;
  readonly heads: number;
  readonly sectorsPerTrack: number;
}

/** Copies of the table. */
export const FATS = 2;

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/**
 * Lays out a volume of `size` bytes, a whole number of sectors, as mkfs.vfat of dosfstools 4.2 does without options
 * (src/mkfs.fat.c, establish_params and setup_tables): FAT16 below 512 MiB, FAT32 from there, clusters as small as the
 * type allows, and every area on a multiple of the cluster.
 *
 * Throws where mkfs.vfat would take FAT12, which is below 9 MiB: it is the format of floppies, boot loaders and boot ROMs
 * often lack it, and boards have firmware of more than that.
 */
export function layOutFat(size: number): FatLayout {
  const { heads, sectorsPerTrack } = geometryFor(size / SECTOR_SIZE);
  // DOS and mtools want whole tracks.
  const sectors = Math.floor(size / SECTOR_SIZE / sectorsPerTrack) * sectorsPerTrack;
  const layout = size >= FAT32_FROM ? layOutFat32(sectors, size / GIB) : layOutFat16(sectors);
  if (layout === undefined) {
    throw new Error(
      `A FAT partition of ${size} bytes is too small: FAT16 needs ${LEAST_SIZE} bytes. ` +
        `Set the input firmware-size to ${LEAST_SIZE / MIB}MiB or more.`,
    );
  }
  return { ...layout, sectors, heads, sectorsPerTrack };
}

const FAT32_FROM = 512 * MIB;
const LEAST_SIZE = 9 * MIB;
/** Of the fields that only a BIOS with CHS reads. Small sizes are by the SD card specification, part 2, others by LBA assist. */
function geometryFor(sectors: number): Pick<FatLayout, 'heads' | 'sectorsPerTrack'> {
  const row = GEOMETRIES.find(([most]) => sectors <= most);
  const [, heads, sectorsPerTrack] = row ?? LARGEST_GEOMETRY;
  return { heads, sectorsPerTrack };
}

const LARGEST_GEOMETRY = [Number.POSITIVE_INFINITY, 255, 63] as const;
/** Up to how many sectors, heads, sectors per track. */
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
/** Two more than the specification says: Windows takes volumes of 4085 and 4086 clusters for FAT12. */
const FAT16_LEAST_CLUSTERS = 4087;

/** Doubles the cluster until FAT16 can count them; `undefined` where FAT12 can before. */
function layOutFat16(sectors: number): Areas | undefined {
  for (let sectorsPerCluster = LEAST_CLUSTER; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
    const reservedSectors = roundUp(1, sectorsPerCluster);
    const rootSectors = roundUp(FAT16_ROOT_SECTORS, sectorsPerCluster);
    const room = sectors - reservedSectors - rootSectors;
    if (countClusters(room, sectorsPerCluster, 12).clusters <= FAT12_MOST_CLUSTERS) {
      return undefined;
    }
    const { clusters, fatSectors } = countClusters(room, sectorsPerCluster, 16);
    if (clusters < FAT16_LEAST_CLUSTERS || clusters >= FAT32_LEAST_CLUSTERS) {
      continue;
    }
    const rootEntries = rootSectors * (SECTOR_SIZE / 32);
    return { bits: 16, sectorsPerCluster, reservedSectors, fatSectors, rootEntries, clusters };
  }
  return undefined;
}

const FAT32_RESERVED_SECTORS = 32;
const FAT32_MOST_CLUSTERS = 268435446;

/** The cluster that Windows' format takes for the size, doubled where FAT32 could not count them. */
function layOutFat32(sectors: number, gibibytes: number): Areas | undefined {
  const start = gibibytes > 32 ? 64 : gibibytes > 16 ? 32 : gibibytes > 8 ? 16 : 8;
  for (let sectorsPerCluster = start; sectorsPerCluster <= LARGEST_CLUSTER; sectorsPerCluster *= 2) {
    const reservedSectors = roundUp(FAT32_RESERVED_SECTORS, sectorsPerCluster);
    const { clusters, fatSectors } = countClusters(sectors - reservedSectors, sectorsPerCluster, 32);
    if (clusters > FAT32_MOST_CLUSTERS) {
      continue;
    }
    return { bits: 32, sectorsPerCluster, reservedSectors, fatSectors, rootEntries: 0, clusters };
  }
  return undefined;
}

/** Shares `room` sectors out to the two tables and the clusters that they tell. */
function countClusters(
  room: number,
  sectorsPerCluster: number,
  bits: 12 | 16 | 32,
): Pick<FatLayout, 'clusters' | 'fatSectors'> {
  const entryBytes = bits / 8;
  const guess = Math.floor(
    (room * SECTOR_SIZE + FATS * 2 * entryBytes) / (sectorsPerCluster * SECTOR_SIZE + FATS * entryBytes),
  );
  const fatSectors = roundUp(Math.ceil(((guess + 2) * entryBytes) / SECTOR_SIZE), sectorsPerCluster);
  return { clusters: Math.floor((room - FATS * fatSectors) / sectorsPerCluster), fatSectors };
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
