import { composeSources, type Part } from '../bytes/compose.ts';
import type { ByteRange, ImageSource } from '../bytes/source.ts';
import { inputError, userError } from '../errors/user-error.ts';
import { type Area, type BootBlob, checkBlobs } from './blobs.ts';
import { encodeMbr, MAX_DISK_SIZE, type Mbr, PARTITION_TYPE, type Partition, SECTOR_SIZE } from './mbr.ts';

/** What a card is made of. */
export interface CardOptions {
  /** 32 bits. */
  readonly diskId: number;
  /** Offset of the first partition, bytes. */
  readonly firmwareOffset: number;
  /** Bytes of the FAT partition; `undefined` for a card without one. */
  readonly firmwareSize: number | undefined;
  /** Bytes of the ext4 filesystem, a multiple of the sector size. */
  readonly filesystemSize: number;
  readonly blobs: readonly BootBlob[];
}

/** Where everything is on a card, in bytes: plain data, which can be sent to threads. */
export interface CardLayout {
  readonly size: number;
  readonly diskId: number;
  readonly firmware: ByteRange | undefined;
  readonly filesystem: ByteRange;
  /** Ascending by offset. */
  readonly blobs: readonly BootBlob[];
}

/**
 * Lays out a card as the sd-image module of nixpkgs does: the partition table, a gap, the FAT partition at
 * `firmwareOffset`, then the ext4 partition up to the end of the card. The ext4 partition is the last so that it can grow,
 * and begins on a whole MiB, as sfdisk aligns it; without a FAT partition it is the first.
 *
 * Throws a `UserError` if an offset or size is not a multiple of the sector size, a boot loader file overlaps something, or
 * the card is too large for its partition table.
 */
export function planCard(options: CardOptions): CardLayout {
  const { firmwareOffset, firmwareSize, filesystemSize, diskId } = options;
  checkSectors('firmware-offset', firmwareOffset);
  if (firmwareSize !== undefined) {
    checkSectors('firmware-size', firmwareSize);
  }
  if (firmwareOffset < SECTOR_SIZE) {
    throw inputError({
      input: 'firmware-offset',
      message: `The first partition begins at byte ${firmwareOffset}, but the partition table takes the first ${SECTOR_SIZE} bytes.`,
      remedy: `Set firmware-offset to ${SECTOR_SIZE} bytes or more; 8MiB is usual.`,
    });
  }
  const firmware = firmwareSize === undefined ? undefined : { offset: firmwareOffset, length: firmwareSize };
  const start = Math.ceil((firmwareOffset + (firmwareSize ?? 0)) / ALIGNMENT) * ALIGNMENT;
  const filesystem = { offset: start, length: filesystemSize };
  const size = start + filesystemSize;
  if (size > MAX_DISK_SIZE) {
    throw userError({
      title: 'The card is too large',
      message: `The card would have ${size} bytes, but its partition table allows at most ${MAX_DISK_SIZE} bytes (2 TiB).`,
      remedy: 'Leave out store paths, or set free-space, firmware-offset or firmware-size to less.',
    });
  }
  checkBlobs(options.blobs, areasOf(firmware, filesystem), size);
  return { size, diskId, firmware, filesystem, blobs: options.blobs.toSorted((a, b) => a.offset - b.offset) };
}

/** The partition table of a card. The ext4 partition has the boot flag: U-Boot looks for its configuration there. */
export function cardTable({ diskId, firmware, filesystem }: CardLayout): Mbr {
  const partition = ({ offset, length }: ByteRange, type: number, bootable: boolean): Partition => {
    return { type, bootable, start: offset / SECTOR_SIZE, length: length / SECTOR_SIZE };
  };
  const linux = partition(filesystem, PARTITION_TYPE.linux, true);
  const partitions = firmware === undefined ? [linux] : [partition(firmware, PARTITION_TYPE.fat32, false), linux];
  return { diskId, partitions };
}

/** The sources of what is on a card, each of the size in its layout. */
export interface CardParts {
  /** `undefined` if the layout has no firmware partition. */
  readonly firmware: ImageSource | undefined;
  readonly filesystem: ImageSource;
  /** One for each blob of the layout, in the same order. */
  readonly blobs: readonly ImageSource[];
}

/** A card as bytes. */
export function createCardSource(layout: CardLayout, { firmware, filesystem, blobs }: CardParts): ImageSource {
  const parts: Part[] = [
    { offset: 0, source: sectorSource(encodeMbr(cardTable(layout))) },
    ...blobs.map((source, i) => ({ offset: layout.blobs[i].offset, source })),
    { offset: layout.filesystem.offset, source: filesystem },
  ];
  if (layout.firmware !== undefined && firmware !== undefined) {
    parts.push({ offset: layout.firmware.offset, source: firmware });
  }
  return composeSources(
    layout.size,
    parts.sort((a, b) => a.offset - b.offset),
  );
}

const ALIGNMENT = 2 ** 20;

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

function areasOf(firmware: ByteRange | undefined, filesystem: ByteRange): readonly Area[] {
  const remedy = 'set the input firmware-offset to more';
  const table: Area = { what: 'the partition table', offset: 0, length: SECTOR_SIZE, remedy: undefined };
  const last: Area = { what: 'the ext4 partition', ...filesystem, remedy };
  if (firmware === undefined) {
    return [table, last];
  }
  return [table, { what: 'the firmware partition', ...firmware, remedy }, last];
}

/** One sector as a source, all of it data. */
function sectorSource(sector: Buffer): ImageSource {
  return {
    size: sector.length,
    read(target, offset) {
      target.set(sector.subarray(offset, offset + target.length));
    },
    dataRanges: (within) => [within],
  };
}
