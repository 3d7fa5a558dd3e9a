import { type ByteRange, SECTOR_SIZE } from '../../bytes/source.ts';
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
} from '../constants.ts';
import { FATS, type FatLayout } from '../volume-layout.ts';

/** What identifies a volume. */
export interface FatIdentity {
  /** 32 bits. */
  readonly volumeId: number;
  /** 11 bytes, from `encodeLabel`. */
  readonly label: Uint8Array;
}

/** Reserved sectors of FAT32. The backups of the boot sector and of FSInfo are `BACKUP_BOOT_SECTOR` sectors later. */
const FSINFO_SECTOR = 1;
const BACKUP_BOOT_SECTOR = 6;
const FIRST_HARD_DISK = 0x80;

/**
 * Encodes the boot sector, byte for byte as mkfs.vfat of dosfstools 4.2 writes it to a file, with its program that says that
 * the disk is not bootable.
 */
function encodeBootSector(layout: FatLayout, identity: FatIdentity): Buffer {
  const sector = Buffer.alloc(SECTOR_SIZE);
  const bootCode = EXTENDED_START[layout.bits] + EXTENDED.bootCode;
  sector.set([JUMP_SHORT, bootCode - 2, NO_OPERATION], BPB.jump);
  sector.write('mkfs.fat', BPB.oemName, 'latin1');
  writeParameters(sector, layout);
  writeExtended(sector.subarray(EXTENDED_START[layout.bits]), layout, identity);
  sector.set(BOOT_CODE, bootCode);
  sector.writeUInt16LE(LOAD_ADDRESS + bootCode + MESSAGE_START, bootCode + MESSAGE_ADDRESS);
  sector.write(MESSAGE, bootCode + MESSAGE_START, 'latin1');
  sector.writeUInt16LE(BOOT_SIGNATURE, BPB.signature);
  return sector;
}

function writeParameters(sector: Buffer, layout: FatLayout): void {
  const { bits, sectors, fatSectors } = layout;
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
}

function writeExtended(extended: Buffer, { bits }: FatLayout, { volumeId, label }: FatIdentity): void {
  extended[EXTENDED.driveNumber] = FIRST_HARD_DISK;
  extended[EXTENDED.bootSignature] = EXTENDED_SIGNATURE;
  extended.writeUInt32LE(volumeId, EXTENDED.volumeId);
  extended.set(label, EXTENDED.label);
  extended.write(bits === 16 ? 'FAT16   ' : 'FAT32   ', EXTENDED.type, 'latin1');
}

/** Encodes the reserved sectors: the boot sector, and for FAT32 also FSInfo and the backups of both. */
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

/** The ranges of the reserved sectors that are not zero, in bytes. */
export function reservedRanges({ bits }: FatLayout): readonly ByteRange[] {
  if (bits === 16) {
    return [{ offset: 0, length: SECTOR_SIZE }];
  }
  const length = (FSINFO_SECTOR + 1) * SECTOR_SIZE;
  return [
    { offset: 0, length },
    { offset: BACKUP_BOOT_SECTOR * SECTOR_SIZE, length },
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
/** The address to which a BIOS loads the sector. */
const LOAD_ADDRESS = 0x7c00;
/** Offsets within the program: of the address of its message, and of the message. */
const MESSAGE_ADDRESS = 3;
const MESSAGE_START = 29;
const MESSAGE =
  'This is not a bootable disk.  Please insert a bootable floppy and\r\npress any key to try again ... \r\n';

/** x86: prints the message with BIOS interrupt 10h, waits for a key with 16h, restarts with 19h. */
const BOOT_CODE = Buffer.from('0e1fbe0000ac22c0740b56b40ebb0700cd105eebf032e4cd16cd19ebfe', 'hex');
