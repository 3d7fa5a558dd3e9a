/**
 * Constants of the FAT file system, from Microsoft's "FAT32 File System Specification" 1.03 (fatgen103).
 */

/** Offsets in the boot sector. */
export const BPB = {
  jump: 0,
  oemName: 3,
  bytesPerSector: 11,
  sectorsPerCluster: 13,
  reservedSectors: 14,
  fats: 16,
  rootEntries: 17,
  totalSectors16: 19,
  media: 21,
  fatSectors16: 22,
  sectorsPerTrack: 24,
  heads: 26,
  hiddenSectors: 28,
  totalSectors32: 32,
  signature: 510,
} as const;

/** Offsets in the boot sector that only FAT32 has. */
export const BPB32 = {
  fatSectors32: 36,
  flags: 40,
  version: 42,
  rootCluster: 44,
  fsInfoSector: 48,
  backupBootSector: 50,
} as const;

/** Offset of the extended part of the boot sector. */
export const EXTENDED_START = { 16: 36, 32: 64 } as const;

/** Offsets within the extended part of the boot sector. */
export const EXTENDED = {
  driveNumber: 0,
  bootSignature: 2,
  volumeId: 3,
  label: 7,
  type: 18,
  bootCode: 26,
} as const;

/** Offsets in the FSInfo sector. */
export const FSINFO = { lead: 0, structure: 484, freeClusters: 488, nextFree: 492, signature: 510 } as const;
export const FSINFO_LEAD = 0x41615252;
export const FSINFO_STRUCTURE = 0x61417272;

export const BOOT_SIGNATURE = 0xaa55;
export const EXTENDED_SIGNATURE = 0x29;
/** The media byte of a fixed disk. */
export const MEDIA_FIXED = 0xf8;

/** The number of the first cluster: the first two entries of the table belong to no cluster. */
export const FIRST_CLUSTER = 2;
/** FAT16 has fewer clusters than this, FAT32 this many or more. */
export const FAT32_LEAST_CLUSTERS = 65525;

/** The least value of an entry at the end of a chain. The upper four bits of FAT32 entries are reserved. */
export const END_OF_CHAIN = { 16: 0xfff8, 32: 0x0ffffff8 } as const;
export const CLUSTER_MASK = { 16: 0xffff, 32: 0x0fffffff } as const;

/** Bytes of a directory entry, and offsets in one. */
export const ENTRY_SIZE = 32;
export const ENTRY = {
  name: 0,
  attributes: 11,
  caseFlags: 12,
  createdTime: 14,
  createdDate: 16,
  accessedDate: 18,
  clusterHigh: 20,
  writtenTime: 22,
  writtenDate: 24,
  clusterLow: 26,
  size: 28,
} as const;
/** Bytes of a short name: eight and three, padded with spaces. */
export const SHORT_NAME_BYTES = 11;
/** Characters of short names and labels besides A-Z and 0-9; the hyphen is last, as in a class of a regular expression. */
export const SHORT_NAME_PUNCTUATION = "!#$%&'()@^_`{}~-";

export const ATTRIBUTE = { volumeLabel: 0x08, directory: 0x10, archive: 0x20, longName: 0x0f } as const;

/** Offsets in a long name entry, which has 13 UTF-16 units in three places. */
export const LONG_ENTRY = { order: 0, attributes: 11, type: 12, checksum: 13, cluster: 26 } as const;
export const LONG_ENTRY_UNITS = [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30] as const;
/** Set in the order of the entry with the end of the name, which is the first one. */
export const LAST_LONG_ENTRY = 0x40;
/** UTF-16 units of the longest name. */
export const MAX_NAME_UNITS = 255;

/** Entries of the largest directory, of 2 MiB. */
export const MAX_DIRECTORY_ENTRIES = 65536;
/** Bytes of the largest file. */
export const MAX_FILE_SIZE = 0xffffffff;

/** The first byte of a deleted entry, and that of the first entry after the end of a directory. */
export const DELETED = 0xe5;
export const END_OF_DIRECTORY = 0x00;
