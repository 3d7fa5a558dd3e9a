import {
  BOOT_SIGNATURE,
  BPB,
  BPB32,
  EXTENDED,
  EXTENDED_SIGNATURE,
  EXTENDED_START,
  FIRST_CLUSTER,
  FSINFO,
  FSINFO_LEAD,
  FSINFO_STRUCTURE,
  MEDIA_FIXED,
  SECTOR_SIZE,
} from './constants.ts';
import { FATS, type FatLayout } from './volume-layout.ts';

/** What a volume is known by. */
export interface FatIdentity {
  /** 32 bits. */
  readonly volumeId: number;
  /** 11 bytes, as `encodeLabel` gives them. */
  readonly label: Uint8Array;
}

/** Sectors of FAT32 that are not the boot sector itself; copies stand `BACKUP_BOOT_SECTOR` further on. */
const FSINFO_SECTOR = 1;
const BACKUP_BOOT_SECTOR = 6;
const FIRST_HARD_DISK = 0x80;

/** The boot sector, byte for byte as mkfs.vfat of dosfstools 4.2 writes it to a file, its "not bootable" program too. */
export function encodeBootSector(layout: FatLayout, { volumeId, label }: FatIdentity): Buffer {
  const { bits, sectors, fatSectors } = layout;
  const sector = Buffer.alloc(SECTOR_SIZE);
  const extended = sector.subarray(EXTENDED_START[bits]);
  const bootCode = EXTENDED_START[bits] + EXTENDED.bootCode;
  sector.set([JUMP_SHORT, bootCode - 2, NO_OPERATION], BPB.jump);
  sector.write('mkfs.fat', BPB.oemName, 'latin1');
  sector.writeUInt16LE(SECTOR_SIZE, BPB.bytesPerSector);
  sector[BPB.sectorsPerCluster] = layout.sectorsPerCluster;
  sector.writeUInt16LE(layout.reservedSectors, BPB.reservedSectors);
  sector[BPB.fats] = FATS;
  sector.writeUInt16LE(layout.rootEntries, BPB.rootEntries);
  if (sectors < 0x10000) {
    sector.writeUInt16LE(sectors, BPB.totalSectors16);
  } else {
    sector.writeUInt32LE(sectors, BPB.totalSectors32);
  }
  sector[BPB.media] = MEDIA_FIXED;
  sector.writeUInt16LE(layout.sectorsPerTrack, BPB.sectorsPerTrack);
  sector.writeUInt16LE(layout.heads, BPB.heads);
  if (bits === 16) {
    sector.writeUInt16LE(fatSectors, BPB.fatSectors16);
  } else {
    sector.writeUInt32LE(fatSectors, BPB32.fatSectors32);
    sector.writeUInt32LE(FIRST_CLUSTER, BPB32.rootCluster);
    sector.writeUInt16LE(FSINFO_SECTOR, BPB32.fsInfoSector);
    sector.writeUInt16LE(BACKUP_BOOT_SECTOR, BPB32.backupBootSector);
  }
  extended[EXTENDED.driveNumber] = FIRST_HARD_DISK;
  extended[EXTENDED.bootSignature] = EXTENDED_SIGNATURE;
  extended.writeUInt32LE(volumeId, EXTENDED.volumeId);
  extended.set(label, EXTENDED.label);
  extended.write(bits === 16 ? 'FAT16   ' : 'FAT32   ', EXTENDED.type, 'latin1');
  sector.set(BOOT_CODE, bootCode);
  sector.writeUInt16LE(LOAD_ADDRESS + bootCode + MESSAGE_START, bootCode + MESSAGE_ADDRESS);
  sector.write(MESSAGE, bootCode + MESSAGE_START, 'latin1');
  sector.writeUInt16LE(BOOT_SIGNATURE, BPB.signature);
  return sector;
}

/** All reserved sectors: the boot sector, and for FAT32 the counts of free clusters and copies of both. */
export function encodeReservedSectors(layout: FatLayout, identity: FatIdentity, usedClusters: number): Buffer {
  const reserved = Buffer.alloc(layout.reservedSectors * SECTOR_SIZE);
  const boot = encodeBootSector(layout, identity);
  reserved.set(boot);
  if (layout.bits === 16) {
    return reserved;
  }
  const info = encodeFsInfo(layout.clusters - usedClusters, FIRST_CLUSTER + usedClusters - 1);
  reserved.set(info, FSINFO_SECTOR * SECTOR_SIZE);
  reserved.set(boot, BACKUP_BOOT_SECTOR * SECTOR_SIZE);
  reserved.set(info, (BACKUP_BOOT_SECTOR + FSINFO_SECTOR) * SECTOR_SIZE);
  return reserved;
}

/** Ranges of the reserved sectors that are not zero, as first sector and count. */
export function reservedRuns({ bits }: FatLayout): readonly (readonly [number, number])[] {
  if (bits === 16) {
    return [[0, 1]];
  }
  const pair = FSINFO_SECTOR + 1;
  return [
    [0, pair],
    [BACKUP_BOOT_SECTOR, pair],
  ];
}

function encodeFsInfo(freeClusters: number, lastUsed: number): Buffer {
  const sector = Buffer.alloc(SECTOR_SIZE);
  sector.writeUInt32LE(FSINFO_LEAD, FSINFO.lead);
  sector.writeUInt32LE(FSINFO_STRUCTURE, FSINFO.structure);
  sector.writeUInt32LE(freeClusters, FSINFO.freeClusters);
  sector.writeUInt32LE(lastUsed, FSINFO.nextFree);
  sector.writeUInt16LE(BOOT_SIGNATURE, FSINFO.signature);
  return sector;
}

const JUMP_SHORT = 0xeb;
const NO_OPERATION = 0x90;
/** Where a BIOS puts the sector. */
const LOAD_ADDRESS = 0x7c00;
/** Where in the program the address of its message stands, and where the message. */
const MESSAGE_ADDRESS = 3;
const MESSAGE_START = 29;
const MESSAGE =
  'This is not a bootable disk.  Please insert a bootable floppy and\r\npress any key to try again ... \r\n';

/** x86: prints the message by BIOS interrupt 10h, waits for a key by 16h, starts over by 19h. */
const BOOT_CODE = Buffer.from('0e1fbe0000ac22c0740b56b40ebb0700cd105eebf032e4cd16cd19ebfe', 'hex');
