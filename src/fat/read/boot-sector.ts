import type { RandomAccess } from '../../bytes/source.ts';
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
  SECTOR_SIZE,
} from '../constants.ts';
import { fatError } from './format-error.ts';

/** Where everything is in a volume, as its boot sector tells. Offsets and lengths in bytes. */
export interface VolumeGeometry {
  readonly bits: 16 | 32;
  readonly volumeId: number;
  readonly tables: readonly number[];
  readonly tableBytes: number;
  /** FAT16: where the root directory stands and its length; 0 and 0 for FAT32. */
  readonly rootOffset: number;
  readonly rootBytes: number;
  /** FAT32: the root directory's first cluster; 0 for FAT16. */
  readonly rootCluster: number;
  readonly fsInfoSector: number;
  readonly dataOffset: number;
  readonly clusterBytes: number;
  readonly clusters: number;
}

/**
 * Reads the boot sector of a FAT16 or FAT32 volume; everything it tells is checked to lie in the volume. Clusters of
 * the volume can be used as indices after this.
 */
export function readBootSector(access: RandomAccess): VolumeGeometry {
  const sector = Buffer.alloc(SECTOR_SIZE);
  if (access.size < SECTOR_SIZE) {
    throw fault(`a volume of ${SECTOR_SIZE} bytes at least`, access.size);
  }
  access.read(sector, 0);
  const u16 = (offset: number): number => sector.readUInt16LE(offset);
  expectEqual('signature', u16(BPB.signature), BOOT_SIGNATURE);
  if (u16(BPB.bytesPerSector) !== SECTOR_SIZE) {
    throw fault(`sectors of ${SECTOR_SIZE} bytes`, u16(BPB.bytesPerSector));
  }
  const sectorsPerCluster = sector[BPB.sectorsPerCluster];
  if (!POWERS_OF_TWO.includes(sectorsPerCluster)) {
    throw fault('sectors per cluster a power of two', sectorsPerCluster);
  }
  const fats = sector[BPB.fats];
  if (fats !== 1 && fats !== 2) {
    throw fault('one or two tables', fats);
  }
  const reserved = u16(BPB.reservedSectors);
  if (reserved === 0) {
    throw fault('reserved sectors', 0);
  }

  const bits = u16(BPB.fatSectors16) === 0 ? 32 : 16;
  const fatSectors = bits === 16 ? u16(BPB.fatSectors16) : sector.readUInt32LE(BPB32.fatSectors32);
  const sectors = u16(BPB.totalSectors16) || sector.readUInt32LE(BPB.totalSectors32);
  if (sectors * SECTOR_SIZE > access.size) {
    throw fault(`at most ${access.size} bytes`, sectors * SECTOR_SIZE);
  }
  const rootBytes = u16(BPB.rootEntries) * ENTRY_SIZE;
  if ((rootBytes === 0) !== (bits === 32)) {
    throw fault('a root directory in a place of its own for FAT16 alone', rootBytes);
  }
  if (rootBytes % SECTOR_SIZE !== 0) {
    throw fault('a root directory of whole sectors', rootBytes);
  }

  const dataSector = reserved + fats * fatSectors + rootBytes / SECTOR_SIZE;
  const clusters = Math.floor((sectors - dataSector) / sectorsPerCluster);
  const [least, most] = bits === 16 ? FAT16_CLUSTERS : FAT32_CLUSTERS;
  if (clusters < least || clusters > most) {
    throw fault(`${least} to ${most} clusters for FAT${bits}`, clusters);
  }
  const tableBytes = fatSectors * SECTOR_SIZE;
  if (tableBytes < ((clusters + FIRST_CLUSTER) * bits) / 8) {
    throw fault(`a table for ${clusters} clusters`, tableBytes);
  }

  const extended = EXTENDED_START[bits];
  expectEqual('extended signature', sector[extended + EXTENDED.bootSignature], EXTENDED_SIGNATURE);
  const fsInfoSector = bits === 32 ? u16(BPB32.fsInfoSector) : 0;
  if (bits === 32 && (fsInfoSector === 0 || fsInfoSector >= reserved)) {
    throw fault(`FSInfo among ${reserved} reserved sectors`, fsInfoSector);
  }
  return {
    bits,
    volumeId: sector.readUInt32LE(extended + EXTENDED.volumeId),
    tables: Array.from({ length: fats }, (_, i) => reserved * SECTOR_SIZE + i * tableBytes),
    tableBytes,
    rootOffset: dataSector * SECTOR_SIZE - rootBytes,
    rootBytes,
    rootCluster: bits === 32 ? sector.readUInt32LE(BPB32.rootCluster) : 0,
    fsInfoSector,
    dataOffset: dataSector * SECTOR_SIZE,
    clusterBytes: sectorsPerCluster * SECTOR_SIZE,
    clusters,
  };
}

const POWERS_OF_TWO = [1, 2, 4, 8, 16, 32, 64, 128];
const FAT16_CLUSTERS = [4085, FAT32_LEAST_CLUSTERS - 1] as const;
/** Linux takes volumes with few clusters for FAT32 too where the boot sector has its form. */
const FAT32_CLUSTERS = [1, 0x0ffffff5] as const;

function expectEqual(what: string, found: number, expected: number): void {
  if (found !== expected) {
    throw fault(`${what} ${hex(expected)}`, hex(found));
  }
}

function fault(expected: string, found: number | string): Error {
  return fatError({ structure: 'boot sector', place: 'sector 0', expected, found: String(found) });
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
