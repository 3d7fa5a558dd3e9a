/**
 * Constants of the GUID partition table (GPT) of a disk with sectors of 512 bytes, from the UEFI specification 2.10,
 * sections 5.2.3 and 5.3, and the contents of a table.
 */
import { SECTOR_SIZE } from '../bytes/source.ts';

/** Entries of the table, each a partition or unused: the least that the specification allows, and what all tools write. */
export const GPT_PARTITIONS = 128;

/** Bytes of an entry. */
export const ENTRY_BYTES = 128;
/** Sectors of all entries. */
export const ENTRIES_SECTORS = (GPT_PARTITIONS * ENTRY_BYTES) / SECTOR_SIZE;

/** Bytes at the start of a disk: protective MBR, header, entries. */
export const GPT_PRIMARY_BYTES = (2 + ENTRIES_SECTORS) * SECTOR_SIZE;

/** Bytes at the end of a disk: entries, header. */
export const GPT_BACKUP_BYTES = (ENTRIES_SECTORS + 1) * SECTOR_SIZE;

/** One entry of the table. */
export interface GptPartition {
  /** From 1 to 128, the place of the entry. */
  readonly number: number;
  /** GUIDs in their usual form, with capital letters. */
  readonly type: string;
  readonly guid: string;
  /** At most 36 UTF-16 units. */
  readonly name: string;
  /** The attribute LegacyBIOSBootable: U-Boot looks for its configuration on that partition. */
  readonly bootable: boolean;
  /** Sectors. */
  readonly start: number;
  /** Sectors. */
  readonly length: number;
}

/** The contents of a table. */
export interface Gpt {
  readonly diskGuid: string;
  /** Sectors of the disk. */
  readonly sectors: number;
  /** Ascending by number. */
  readonly partitions: readonly GptPartition[];
}

/** The bytes of a table. */
export interface GptBytes {
  /** `GPT_PRIMARY_BYTES`, from the start of the disk. */
  readonly primary: Uint8Array;
  /** `GPT_BACKUP_BYTES`, up to the end of the disk. */
  readonly backup: Uint8Array;
}

/** Offsets in a header; the rest of its sector is zero. */
export const HEADER = {
  signature: 0,
  revision: 8,
  size: 12,
  checksum: 16,
  reserved: 20,
  own: 24,
  alternate: 32,
  firstUsable: 40,
  lastUsable: 48,
  diskGuid: 56,
  entries: 72,
  count: 80,
  entrySize: 84,
  entriesChecksum: 88,
  end: 92,
} as const;
export const SIGNATURE = 'EFI PART';
export const REVISION = 0x00010000;

/** Offsets in an entry. */
export const ENTRY = { type: 0, guid: 16, first: 32, last: 40, attributes: 48, name: 56 } as const;
export const LEGACY_BIOS_BOOTABLE = 1n << 2n;
/** UTF-16 units of the longest name. */
export const NAME_UNITS = 36;
/** The type of an unused entry. */
export const UNUSED_TYPE = '00000000-0000-0000-0000-000000000000';

/** The sectors of a header, of the other one, and of the first of its entries. */
export interface HeaderPlaces {
  readonly own: number;
  readonly alternate: number;
  readonly entries: number;
}

/** The places of both headers on a disk of `sectors` sectors. */
export function placesOf(sectors: number): { readonly primary: HeaderPlaces; readonly backup: HeaderPlaces } {
  const last = sectors - 1;
  return {
    primary: { own: 1, alternate: last, entries: 2 },
    backup: { own: last, alternate: 1, entries: last - ENTRIES_SECTORS },
  };
}

/** The first and the last sector that partitions may have. */
export function usableSectors(sectors: number): { readonly first: number; readonly last: number } {
  return { first: GPT_PRIMARY_BYTES / SECTOR_SIZE, last: sectors - GPT_BACKUP_BYTES / SECTOR_SIZE - 1 };
}

/** The type of the one partition of a protective MBR, and its first and last CHS address, as sfdisk writes them. */
export const PROTECTIVE = { type: 0xee, firstChs: '000200', lastChs: 'ffffff' } as const;
