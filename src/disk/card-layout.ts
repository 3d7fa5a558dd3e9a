import { composeSources, type Part } from '../bytes/compose.ts';
import type { ByteRange, ImageSource } from '../bytes/source.ts';
import { type Area, type BootBlob, checkBlobs } from './blobs.ts';
import { encodeMbr, MAX_SECTORS, type Mbr, PARTITION_TYPE, type Partition, SECTOR_SIZE } from './mbr.ts';

export interface CardOptions {
  /** 32 bits. */
  readonly diskId: number;
  /** Where the first partition begins, bytes. */
  readonly firmwareOffset: number;
  /** Bytes of the FAT partition; `undefined` for a card without one. */
  readonly firmwareSize: number | undefined;
  /** Bytes of the ext4 filesystem, a whole number of sectors. */
  readonly filesystemSize: number;
  readonly blobs: readonly BootBlob[];
}

/** Where everything is on a card, in bytes: plain data, which threads can be sent. */
export interface CardLayout {
  readonly size: number;
  readonly diskId: number;
  readonly firmware: ByteRange | undefined;
  readonly filesystem: ByteRange;
  /** Ascending by place. */
  readonly blobs: readonly BootBlob[];
}

/**
 * Lays out a card as the sd-image module of nixpkgs does: the table, a gap, the FAT partition at `firmwareOffset`, the ext4
 * partition after it, and nothing after that. The ext4 partition is the last, so that it can be grown, and begins on a
 * whole MiB, as sfdisk would have it; without a FAT partition it is the first.
 *
 * Throws where a place or size is not on a sector, where blobs cannot be where they are to be, and where the card would
 * be larger than a partition table can tell.
 */
export function planCard(options: CardOptions): CardLayout {
  const { firmwareOffset, firmwareSize, filesystemSize, diskId } = options;
  expectSectors('firmware-offset', firmwareOffset);
  if (firmwareSize !== undefined) {
    expectSectors('firmware-size', firmwareSize);
  }
  if (firmwareOffset < SECTOR_SIZE) {
    throw new Error(
      `The first partition cannot begin at byte ${firmwareOffset}: the partition table is there. Set the input firmware-offset ` +
        `to ${SECTOR_SIZE} bytes or more; 8MiB is usual.`,
    );
  }
  const firmware = firmwareSize === undefined ? undefined : { offset: firmwareOffset, length: firmwareSize };
  const start = Math.ceil((firmwareOffset + (firmwareSize ?? 0)) / ALIGNMENT) * ALIGNMENT;
  const filesystem = { offset: start, length: filesystemSize };
  const size = start + filesystemSize;
  if (size > MAX_SECTORS * SECTOR_SIZE) {
    throw new Error(
      `The card would have ${size} bytes; its partition table tells ${MAX_SECTORS * SECTOR_SIZE} (2 TiB) at most. ` +
        'Leave out store paths, or set the input free-space to less.',
    );
  }
  checkBlobs(options.blobs, areasOf(firmware, filesystem), size);
  return { size, diskId, firmware, filesystem, blobs: options.blobs.toSorted((a, b) => a.offset - b.offset) };
}

/** The partition table of a card. U-Boot looks for its configuration on the partition with the boot flag: the ext4 one. */
export function cardTable({ diskId, firmware, filesystem }: CardLayout): Mbr {
  const partition = ({ offset, length }: ByteRange, type: number, bootable: boolean): Partition => {
    return { type, bootable, start: offset / SECTOR_SIZE, length: length / SECTOR_SIZE };
  };
  const linux = partition(filesystem, PARTITION_TYPE.linux, true);
  const partitions = firmware === undefined ? [linux] : [partition(firmware, PARTITION_TYPE.fat32, false), linux];
  return { diskId, partitions };
}

/** The sources of what is on a card, each of the size that its layout tells. */
export interface CardParts {
  /** As a layout has it or not. */
  readonly firmware: ImageSource | undefined;
  readonly filesystem: ImageSource;
  /** Of each blob of the layout, in its order. */
  readonly blobs: readonly ImageSource[];
}

/** A card as bytes: any range of it on demand. */
export function createCardSource(layout: CardLayout, { firmware, filesystem, blobs }: CardParts): ImageSource {
  const parts: Part[] = [
    { offset: 0, source: sectorSource(encodeMbr(cardTable(layout))) },
    ...layout.blobs.map(({ offset }, i) => ({ offset, source: blobs[i] })),
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

function expectSectors(input: string, bytes: number): void {
  if (bytes % SECTOR_SIZE === 0) {
    return;
  }
  throw new Error(
    `The input ${input} is ${bytes} bytes, which is no whole number of sectors. Give a multiple of ${SECTOR_SIZE} bytes.`,
  );
}

function areasOf(firmware: ByteRange | undefined, filesystem: ByteRange): readonly Area[] {
  const remedy = 'set the input firmware-offset to more';
  const table: Area = { what: 'The partition table', offset: 0, length: SECTOR_SIZE, remedy: undefined };
  const last: Area = { what: 'The ext4 partition', ...filesystem, remedy };
  if (firmware === undefined) {
    return [table, last];
  }
  return [table, { what: 'The firmware partition', ...firmware, remedy }, last];
}

/** All of the sector counts as data. */
function sectorSource(sector: Buffer): ImageSource {
  return {
    size: sector.length,
    read(target, offset) {
      target.set(sector.subarray(offset, offset + target.length));
    },
    dataRanges: (within) => [within],
  };
}
