import { basename } from 'node:path';
import { inputError, userError } from '../errors/user-error.ts';
import { type Area, type BootBlob, checkBlobs } from './blobs.ts';
import { gptName } from './gpt.ts';
import { GPT_BACKUP_BYTES } from './gpt-format.ts';
import { MAX_DISK_SIZE, SECTOR_SIZE } from './mbr.ts';
import { type Architecture, type PartitionTable, partitionType } from './partition-types.ts';
import { numberPartitions, type PlacedPartition } from './partitions.ts';
import { type CardTable, tableAreas, tableEnd } from './table-areas.ts';

/** The FAT partition of a card. */
export interface FirmwarePartition {
  /** `esp` for an EFI system partition, which has a type of its own. */
  readonly kind: 'firmware' | 'esp';
  /** Bytes, a multiple of the sector size. */
  readonly size: number;
}

/** What a card is made of. */
export interface CardOptions {
  readonly table: CardTable;
  /** Offset of the FAT partition, or without one of the root partition, bytes. */
  readonly firmwareOffset: number;
  /** `undefined` for a card without a FAT partition. */
  readonly firmware: FirmwarePartition | undefined;
  /** Bytes of the ext4 filesystem, a multiple of the sector size: what it has, or what it has at least. */
  readonly filesystemSize: number;
  /** Number of the root partition; `undefined` for the one after the partitions before it. */
  readonly rootPartition: number | undefined;
  /** The partition that U-Boot looks for its configuration on; it has the boot flag. */
  readonly bootPartition: 'root' | 'firmware';
  /** Of the system on the root partition; `undefined` if it is not known. A GPT has a type for each. */
  readonly architecture: Architecture | undefined;
  readonly blobs: readonly BootBlob[];
}

/** A partition with its number in the table. */
export interface CardPartition extends PlacedPartition {
  /** Counts from 1. */
  readonly number: number;
}

/** Where everything is on a card, in bytes: plain data, which can be sent to threads. */
export interface CardLayout {
  readonly size: number;
  readonly table: CardTable;
  /** All partitions, ascending by offset. */
  readonly partitions: readonly CardPartition[];
  /** The FAT partition, if there is one. */
  readonly firmware: CardPartition | undefined;
  /** The ext4 partition. */
  readonly filesystem: CardPartition;
  /** Ascending by offset. */
  readonly blobs: readonly BootBlob[];
}

/**
 * Lays out a card as the sd-image module of nixpkgs does: the partition table, a gap, the FAT partition at
 * `firmwareOffset`, then the ext4 partition. The ext4 partition is the last so that it can grow, and begins on a whole MiB,
 * as sfdisk aligns it; without a FAT partition it is at `firmwareOffset`. A boot loader file with a partition type has a
 * partition from its first byte up to whatever follows. Partitions are numbered by their offsets.
 *
 * Throws a `UserError` if an offset or size is not a multiple of the sector size, anything overlaps, the table has no place
 * for a partition, or the card is too large.
 */
export function planCard(options: CardOptions): CardLayout {
  const { table, firmwareOffset, firmware, filesystemSize, bootPartition, architecture } = options;
  checkPlace(options);
  const type = (kind: 'firmware' | 'esp' | 'root'): string => partitionType(table.kind, kind, architecture);
  const fat: PlacedPartition | undefined = firmware && {
    kind: firmware.kind,
    type: type(firmware.kind),
    name: firmware.kind === 'esp' ? 'ESP' : 'firmware',
    bootable: bootPartition === 'firmware',
    offset: firmwareOffset,
    length: firmware.size,
  };
  const root: PlacedPartition = {
    kind: 'root',
    type: type('root'),
    name: 'nixos',
    bootable: bootPartition === 'root',
    offset: roundUp(firmwareOffset + (firmware?.size ?? 0), ALIGNMENT),
    length: filesystemSize,
  };
  const end = root.offset + root.length;
  const size = table.kind === 'gpt' ? roundUp(end + GPT_BACKUP_BYTES, BLOCK) : end;
  checkSize(size, options);
  const blobs = options.blobs.toSorted((a, b) => a.offset - b.offset);
  checkBlobs(options.blobs, areasOf(table.kind, size, { fat, root }));
  const filesystems = fat === undefined ? [root] : [fat, root];
  const places = [...placeRaw(blobs, filesystems), ...filesystems].sort((a, b) => a.offset - b.offset);
  const numbers = numberPartitions(places.length, options.rootPartition, table.kind);
  const partitions = places.map((place, i) => ({ ...place, number: numbers[i] }));
  return {
    size,
    table,
    partitions,
    firmware: partitions.find(({ kind }) => kind === 'firmware' || kind === 'esp'),
    filesystem: partitions[partitions.length - 1],
    blobs,
  };
}

/** Where a partition of the root filesystem begins: as sfdisk aligns it. */
const ALIGNMENT = 2 ** 20;
/** A card with a GPT is padded to whole blocks, which direct I/O needs on some card readers. */
const BLOCK = 4096;

/**
 * The partitions of boot loader files: each from its file up to the next file or partition. The boards that look for such
 * partitions have several in a row, each with space for a larger file.
 */
function placeRaw(blobs: readonly BootBlob[], others: readonly PlacedPartition[]): readonly PlacedPartition[] {
  const starts = [...blobs, ...others].map(({ offset }) => offset);
  return blobs.flatMap(({ path, offset, partitionType: type }): readonly PlacedPartition[] => {
    if (type === undefined) {
      return [];
    }
    const end = Math.min(...starts.filter((start) => start > offset));
    return [{ kind: 'raw', type, name: gptName(basename(path)), bootable: false, offset, length: end - offset }];
  });
}

function checkPlace({ table, firmwareOffset, firmware }: CardOptions): void {
  checkSectors('firmware-offset', firmwareOffset);
  if (firmware !== undefined) {
    checkSectors('firmware-size', firmware.size);
  }
  const least = tableEnd(table.kind);
  if (firmwareOffset < least) {
    throw inputError({
      input: 'firmware-offset',
      message: `The first partition begins at byte ${firmwareOffset}, but the partition table takes the first ${least} bytes.`,
      remedy: `Set firmware-offset to ${least} bytes or more; 8MiB is usual.`,
    });
  }
}

function checkSectors(input: string, bytes: number): void {
  if (bytes % SECTOR_SIZE === 0) {
    return;
  }
  throw inputError({
    input,
    message: `Expected a multiple of ${SECTOR_SIZE} bytes, found ${bytes} bytes.`,
    remedy: `Set ${input} to a multiple of ${SECTOR_SIZE} bytes.`,
  });
}

/** A GPT has no such limit, but everything else is tested up to it. */
function checkSize(size: number, { table, firmwareOffset, firmware, filesystemSize }: CardOptions): void {
  if (size <= MAX_DISK_SIZE) {
    return;
  }
  const limit = table.kind === 'mbr' ? 'its partition table allows' : 'this action writes';
  const message = `The card would have at least ${size} bytes, but ${limit} at most ${MAX_DISK_SIZE} bytes (2 TiB).`;
  const firmwareSize = firmware?.size ?? 0;
  if (Math.max(firmwareOffset, firmwareSize) > filesystemSize) {
    const input = firmwareSize > firmwareOffset ? 'firmware-size' : 'firmware-offset';
    throw inputError({ input, message, remedy: `Set ${input} to less.` });
  }
  throw userError({
    title: 'The card is too large',
    message,
    remedy: 'Leave out store paths, or set free-space, firmware-offset or firmware-size to less.',
  });
}

/** What a boot loader file must not overlap. */
function areasOf(
  kind: PartitionTable,
  size: number,
  { fat, root }: { readonly fat: PlacedPartition | undefined; readonly root: PlacedPartition },
): readonly Area[] {
  const remedy = 'set the input firmware-offset to more';
  const partitions = [
    ...(fat === undefined ? [] : [{ what: 'the firmware partition', ...fat, remedy }]),
    // Nothing can follow it: it is the last, and its size may not be known.
    { what: 'the ext4 partition', offset: root.offset, length: Number.POSITIVE_INFINITY, remedy },
  ];
  return [...partitions, ...tableAreas(kind, size)];
}

function roundUp(value: number, unit: number): number {
  return Math.ceil(value / unit) * unit;
}
