import { type RandomAccess, SECTOR_SIZE } from '../../bytes/source.ts';
import { formatHex } from '../../text/format.ts';
import {
  BOOT_SIGNATURE,
  BPB,
  BPB32,
  ENTRY_SIZE,
  EXTENDED,
  EXTENDED_SIGNATURE,
  EXTENDED_START,
  FAT32_LEAST_CLUSTERS,
  FIRST_CLUSTER,
} from '../constants.ts';
import { FatFormatError } from './format-error.ts';

/** The layout of a volume from its boot sector. Offsets and lengths are in bytes. */
export interface VolumeGeometry {
  readonly bits: 16 | 32;
  readonly volumeId: number;
  /** The offset of each copy of the table. */
  readonly tables: readonly number[];
  readonly tableBytes: number;
  /** Offset and length of the root directory of FAT16; for FAT32 its length is 0. */
  readonly rootOffset: number;
  readonly rootBytes: number;
  /** First cluster of the root directory of FAT32; 0 for FAT16. */
  readonly rootCluster: number;
  /** Sector of FSInfo of FAT32; 0 for FAT16. */
  readonly fsInfoSector: number;
  readonly dataOffset: number;
  readonly clusterBytes: number;
  readonly clusters: number;
}

/**
 * Reads the boot sector of a FAT16 or FAT32 volume, and checks that everything in its layout is within the volume. Throws a
 * `FatFormatError`.
 */
export function readBootSector(access: RandomAccess): VolumeGeometry {
  if (access.size < SECTOR_SIZE) {
    throw fault(`a volume of at least ${SECTOR_SIZE} bytes`, access.size);
  }
  const sector = Buffer.alloc(SECTOR_SIZE);
  access.read(sector, 0);
  const areas = readAreas(sector, access.size);
  const { bits, fats, reservedSectors, fatSectors, rootBytes, clusters, sectorsPerCluster } = areas;
  const tableBytes = fatSectors * SECTOR_SIZE;
  if (tableBytes < ((clusters + FIRST_CLUSTER) * bits) / 8) {
    throw fault(`a table for ${clusters} clusters`, `${tableBytes} bytes`);
  }

  const extended = EXTENDED_START[bits];
  expectEqual('extended signature', sector[extended + EXTENDED.bootSignature], EXTENDED_SIGNATURE);
  const fsInfoSector = bits === 32 ? sector.readUInt16LE(BPB32.fsInfoSector) : 0;
  if (bits === 32 && (fsInfoSector === 0 || fsInfoSector >= reservedSectors)) {
    throw fault(`FSInfo in a sector from 1 to ${reservedSectors - 1}`, fsInfoSector);
  }
  const dataOffset = (reservedSectors + fats * fatSectors) * SECTOR_SIZE + rootBytes;
  return {
    bits,
    volumeId: sector.readUInt32LE(extended + EXTENDED.volumeId),
    tables: Array.from({ length: fats }, (_, i) => reservedSectors * SECTOR_SIZE + i * tableBytes),
    tableBytes,
    rootOffset: dataOffset - rootBytes,
    rootBytes,
    rootCluster: bits === 32 ? sector.readUInt32LE(BPB32.rootCluster) : 0,
    fsInfoSector,
    dataOffset,
    clusterBytes: sectorsPerCluster * SECTOR_SIZE,
    clusters,
  };
}

/** The sizes of the areas of a volume. */
interface Areas {
  readonly bits: 16 | 32;
  readonly fats: number;
  readonly reservedSectors: number;
  readonly fatSectors: number;
  readonly rootBytes: number;
  readonly clusters: number;
  readonly sectorsPerCluster: number;
}

function readAreas(sector: Buffer, volumeSize: number): Areas {
  const u16 = (offset: number): number => sector.readUInt16LE(offset);
  expectEqual('signature', u16(BPB.signature), BOOT_SIGNATURE);
  if (u16(BPB.bytesPerSector) !== SECTOR_SIZE) {
    throw fault(`sectors of ${SECTOR_SIZE} bytes`, u16(BPB.bytesPerSector));
  }
  const sectorsPerCluster = sector[BPB.sectorsPerCluster];
  if (!POWERS_OF_TWO.includes(sectorsPerCluster)) {
    throw fault('a power of two as sectors per cluster', sectorsPerCluster);
  }
  const fats = sector[BPB.fats];
  if (fats !== 1 && fats !== 2) {
    throw fault('1 or 2 tables', fats);
  }
  const reservedSectors = u16(BPB.reservedSectors);
  if (reservedSectors === 0) {
    throw fault('at least 1 reserved sector', 0);
  }
  const bits = u16(BPB.fatSectors16) === 0 ? 32 : 16;
  const fatSectors = bits === 16 ? u16(BPB.fatSectors16) : sector.readUInt32LE(BPB32.fatSectors32);
  const sectors = u16(BPB.totalSectors16) || sector.readUInt32LE(BPB.totalSectors32);
  if (sectors * SECTOR_SIZE > volumeSize) {
    throw fault(`at most ${volumeSize} bytes`, sectors * SECTOR_SIZE);
  }
  const rootBytes = u16(BPB.rootEntries) * ENTRY_SIZE;
  if ((rootBytes === 0) !== (bits === 32)) {
    throw fault('a root directory outside the clusters for FAT16 only', `${rootBytes} bytes for FAT${bits}`);
  }
  if (rootBytes % SECTOR_SIZE !== 0) {
    throw fault('a root directory of whole sectors', `${rootBytes} bytes`);
  }
  const dataSector = reservedSectors + fats * fatSectors + rootBytes / SECTOR_SIZE;
  const clusters = Math.floor((sectors - dataSector) / sectorsPerCluster);
  const [least, most] = bits === 16 ? FAT16_CLUSTERS : FAT32_CLUSTERS;
  if (clusters < least || clusters > most) {
    throw fault(`${least} to ${most} clusters for FAT${bits}`, clusters);
  }
  return { bits, fats, reservedSectors, fatSectors, rootBytes, clusters, sectorsPerCluster };
}

const POWERS_OF_TWO = [1, 2, 4, 8, 16, 32, 64, 128];
const FAT16_CLUSTERS = [4085, FAT32_LEAST_CLUSTERS - 1] as const;
/** Linux accepts FAT32 volumes with few clusters if the boot sector is that of FAT32. */
const FAT32_CLUSTERS = [1, 0x0ffffff5] as const;

function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) {
    throw fault(`${what} ${formatHex(expected)}`, formatHex(found));
  }
}

function fault(expected: string, found: number | string): FatFormatError {
  return new FatFormatError({ structure: 'boot sector', place: 'sector 0', expected, found: String(found) });
}
