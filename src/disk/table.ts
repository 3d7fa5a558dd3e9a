import { isDeepStrictEqual } from 'node:util';
import { type RandomAccess, SECTOR_SIZE } from '../bytes/source.ts';
import type { CardLayout, CardPartition } from './card-layout.ts';
import { encodeGpt } from './gpt.ts';
import { GPT_BACKUP_BYTES, GPT_PRIMARY_BYTES, type Gpt } from './gpt-format.ts';
import { decodeGpt } from './gpt-read.ts';
import { deriveGuid } from './guid.ts';
import { BOOT_CODE_BYTES, decodeMbr, encodeMbr, type Mbr } from './mbr.ts';

/** Bytes at a place of a disk. */
export interface PlacedBytes {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** The partition table of a card as bytes, without the boot code before it; ascending by offset. */
export function encodeTable(layout: CardLayout): readonly PlacedBytes[] {
  const { table, size } = layout;
  if (table.kind === 'mbr') {
    return [{ offset: BOOT_CODE_BYTES, bytes: encodeMbr(mbrOf(layout, table.diskId)).subarray(BOOT_CODE_BYTES) }];
  }
  const { primary, backup } = encodeGpt(gptOf(layout, table.uuid));
  return [
    { offset: BOOT_CODE_BYTES, bytes: primary.subarray(BOOT_CODE_BYTES) },
    { offset: size - backup.length, bytes: backup },
  ];
}

/**
 * Whether the partition table of a finished card, as a reader sees it, is the planned one. Throws an error that names what
 * is wrong in a table that cannot be read.
 */
export function hasTable(image: RandomAccess, layout: CardLayout): boolean {
  const { table, size } = layout;
  if (table.kind === 'mbr') {
    return isDeepStrictEqual(decodeMbr(readBytes(image, 0, SECTOR_SIZE)), mbrOf(layout, table.diskId));
  }
  const primary = readBytes(image, 0, GPT_PRIMARY_BYTES);
  const backup = readBytes(image, size - GPT_BACKUP_BYTES, GPT_BACKUP_BYTES);
  return isDeepStrictEqual(decodeGpt({ primary, backup }, size / SECTOR_SIZE), gptOf(layout, table.uuid));
}

/** The GUID of a disk whose ext4 filesystem has the UUID `uuid`. */
export function diskGuid(uuid: Uint8Array): string {
  return deriveGuid(uuid, 'disk');
}

/** The GUID of a partition of that disk, which is its PARTUUID in Linux. */
export function partitionGuid(uuid: Uint8Array, number: number): string {
  return deriveGuid(uuid, `partition ${number}`);
}

function mbrOf({ partitions }: CardLayout, diskId: number): Mbr {
  const entries = partitions.map(({ number, type, bootable, offset, length }) => ({
    number,
    type: Number.parseInt(type, 16),
    bootable,
    start: offset / SECTOR_SIZE,
    length: length / SECTOR_SIZE,
  }));
  return { diskId, partitions: entries.sort(byNumber) };
}

function gptOf({ partitions, size }: CardLayout, uuid: Uint8Array): Gpt {
  const entries = partitions.map(({ number, type, name, bootable, offset, length }) => ({
    number,
    type,
    guid: partitionGuid(uuid, number),
    name,
    bootable,
    start: offset / SECTOR_SIZE,
    length: length / SECTOR_SIZE,
  }));
  return { diskGuid: diskGuid(uuid), sectors: size / SECTOR_SIZE, partitions: entries.sort(byNumber) };
}

function byNumber(a: Pick<CardPartition, 'number'>, b: Pick<CardPartition, 'number'>): number {
  return a.number - b.number;
}

function readBytes(image: RandomAccess, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  image.read(bytes, offset);
  return bytes;
}
