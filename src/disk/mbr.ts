/**
 * The master boot record: the first sector of a disk, with up to four partitions. The same bytes that `sfdisk` of
 * util-linux writes to a file for `label: dos`, which is what the sd-image module of nixpkgs runs
 * (nixos/modules/installer/sd-card/sd-image.nix).
 */

import { SECTOR_SIZE } from '../bytes/source.ts';
import { formatHex } from '../text/format.ts';

export { SECTOR_SIZE } from '../bytes/source.ts';

/**
 * The largest start and the largest length of a partition, in sectors: both fields of an entry have 32 bits. libfdisk
 * therefore refuses to use this table on a disk of more sectors, although the last one could still be numbered.
 */
export const MAX_SECTORS = 2 ** 32 - 1;

/** Bytes of the largest disk with a master boot record: one sector less than 2 TiB. */
export const MAX_DISK_SIZE = MAX_SECTORS * SECTOR_SIZE;

/** Entries of the table, each a partition or unused. */
export const MBR_PARTITIONS = 4;

/** Bytes of boot code at the start of the sector. */
export const BOOT_CODE_BYTES = 440;

/** One entry of the table. */
export interface Partition {
  /** From 1 to 4, the place of the entry. */
  readonly number: number;
  /** Any byte but 0. */
  readonly type: number;
  /** Whether the boot flag is set: U-Boot looks for its configuration on that partition. */
  readonly bootable: boolean;
  /** Sectors. */
  readonly start: number;
  /** Sectors. */
  readonly length: number;
}

/** The contents of a master boot record, without boot code. */
export interface Mbr {
  /** 32 bits, from which Linux derives the PARTUUID of each partition. */
  readonly diskId: number;
  /** Ascending by number. */
  readonly partitions: readonly Partition[];
}

/** Encodes the sector, with zeros in place of boot code. */
export function encodeMbr({ diskId, partitions }: Mbr): Buffer {
  const sector = Buffer.alloc(SECTOR_SIZE);
  sector.writeUInt32LE(diskId, OFFSET.diskId);
  for (const partition of partitions) {
    encodePartition(sector.subarray(OFFSET.partitions + (partition.number - 1) * ENTRY.size), partition);
  }
  sector.writeUInt16LE(SIGNATURE, OFFSET.signature);
  return sector;
}

/**
 * Decodes the sector. Leaves out unused entries, and ignores CHS fields, which nothing uses any more. Throws an error if
 * the signature or the boot flag of an entry has a value that the format does not allow.
 */
export function decodeMbr(sector: Uint8Array): Mbr {
  const bytes = Buffer.from(sector.buffer, sector.byteOffset, SECTOR_SIZE);
  const signature = bytes.readUInt16LE(OFFSET.signature);
  if (signature !== SIGNATURE) {
    throw new Error(
      `The partition table is damaged: expected the signature ${formatHex(SIGNATURE)} at byte ${OFFSET.signature}, found ${formatHex(signature)}.`,
    );
  }
  const partitions: Partition[] = [];
  for (let number = 1; number <= MBR_PARTITIONS; number++) {
    const entry = bytes.subarray(OFFSET.partitions + (number - 1) * ENTRY.size);
    const status = entry.readUInt8(ENTRY.status);
    if (status !== 0 && status !== BOOTABLE) {
      throw new Error(
        `The partition table is damaged: expected 0x0 or ${formatHex(BOOTABLE)} as the boot flag of partition ${number}, found ${formatHex(status)}.`,
      );
    }
    const type = entry.readUInt8(ENTRY.type);
    if (type === UNUSED) {
      continue;
    }
    partitions.push({
      number,
      type,
      bootable: status === BOOTABLE,
      start: entry.readUInt32LE(ENTRY.start),
      length: entry.readUInt32LE(ENTRY.length),
    });
  }
  return { diskId: bytes.readUInt32LE(OFFSET.diskId), partitions };
}

const OFFSET = { diskId: BOOT_CODE_BYTES, partitions: 446, signature: 510 } as const;
const ENTRY = { status: 0, firstChs: 1, type: 4, lastChs: 5, start: 8, length: 12, size: 16 } as const;
const SIGNATURE = 0xaa55;
const BOOTABLE = 0x80;
const UNUSED = 0;

function encodePartition(entry: Buffer, { type, bootable, start, length }: Partition): void {
  entry.writeUInt8(bootable ? BOOTABLE : 0, ENTRY.status);
  entry.set(encodeChs(start), ENTRY.firstChs);
  entry.writeUInt8(type, ENTRY.type);
  entry.set(encodeChs(start + length - 1), ENTRY.lastChs);
  entry.writeUInt32LE(start, ENTRY.start);
  entry.writeUInt32LE(length, ENTRY.length);
}

const HEADS = 255;
const SECTORS_PER_TRACK = 63;
const MAX_CYLINDER = 1023;

/** The head, the upper two bits of the cylinder with the sector (which counts from 1), the lower bits of the cylinder. */
function encodeChs(sector: number): readonly number[] {
  const cylinder = Math.floor(sector / (HEADS * SECTORS_PER_TRACK));
  if (cylinder > MAX_CYLINDER) {
    return [0xfe, 0xff, 0xff];
  }
  const head = Math.floor(sector / SECTORS_PER_TRACK) % HEADS;
  return [head, ((cylinder >> 8) << 6) | ((sector % SECTORS_PER_TRACK) + 1), cylinder & 0xff];
}
