import type { Area } from './blobs.ts';
import { GPT_BACKUP_BYTES, GPT_PRIMARY_BYTES } from './gpt-format.ts';
import { BOOT_CODE_BYTES, SECTOR_SIZE } from './mbr.ts';
import type { PartitionTable } from './partition-types.ts';

/** A partition table and what identifies its disk. */
export type CardTable =
  | {
      readonly kind: 'mbr';
      /** 32 bits. */
      readonly diskId: number;
    }
  | {
      readonly kind: 'gpt';
      /** That of the ext4 filesystem: all GUIDs of the disk are derived from it. */
      readonly uuid: Uint8Array;
    };

/** The end of the table at the start of a disk, bytes. */
export function tableEnd(table: PartitionTable): number {
  return table === 'mbr' ? SECTOR_SIZE : GPT_PRIMARY_BYTES;
}

/** What the table takes on a disk of `size` bytes. The boot code before it does not belong to it. */
export function tableAreas(table: PartitionTable, size: number): readonly Area[] {
  const start = { offset: BOOT_CODE_BYTES, length: tableEnd(table) - BOOT_CODE_BYTES };
  if (table === 'mbr') {
    return [{ what: 'the partition table', ...start, remedy: undefined }];
  }
  const remedy = 'set the input partition-table to mbr';
  const backup = { offset: size - GPT_BACKUP_BYTES, length: GPT_BACKUP_BYTES };
  return [
    { what: 'the partition table (GPT)', ...start, remedy },
    { what: 'the backup of the partition table (GPT)', ...backup, remedy },
  ];
}
