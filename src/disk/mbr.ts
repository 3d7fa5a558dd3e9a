/**
 * The master boot record: the first sector of a disk, with up to four partitions. Bytes as `sfdisk` of util-linux writes
 * them for `label: dos` to a file, which is what the sd-image module of nixpkgs calls
 * (nixos/modules/installer/sd-card/sd-image.nix).
 */

/** Bytes of a sector, the unit of all positions in the table. */
export const SECTOR_SIZE = 512;

/** The last sector that the table can tell, and so the most sectors a disk with it can use: 512 bytes short of 2 TiB. */
export const MAX_SECTORS = 0xffffffff;

export const PARTITION_TYPE = {
  /** FAT32 by CHS. The type says nothing to boards and kernels, which read the boot sector; it is the module's choice. */
  fat32: 0x0b,
  linux: 0x83,
} as const;

export interface Partition {
  readonly type: number;
  /** Whether the boot flag is set: U-Boot looks for its configuration on that partition. */
  readonly bootable: boolean;
  /** Sectors. */
  readonly start: number;
  /** Sectors. */
  readonly length: number;
}

export interface Mbr {
  /** 32 bits by which Linux names the disk's partitions (PARTUUID). */
  readonly diskId: number;
  /** At most four. */
  readonly partitions: readonly Partition[];
}

/** Encodes the sector. The boot code is all zero. */
export function encodeMbr({ diskId, partitions }: Mbr): Buffer {
  const sector = Buffer.alloc(SECTOR_SIZE);
  sector.writeUInt32LE(diskId, OFFSET.diskId);
  partitions.forEach((partition, i) => {
    encodePartition(sector.subarray(OFFSET.partitions + i * ENTRY.size), partition);
  });
  sector.writeUInt16LE(SIGNATURE, OFFSET.signature);
  return sector;
}

/**
 * Reads the sector back; unused entries are left out. CHS fields are not read: nothing uses them any more.
 * Throws where the signature or an entry's boot flag is not what a table has.
 */
export function decodeMbr(sector: Uint8Array): Mbr {
  const bytes = Buffer.from(sector.buffer, sector.byteOffset, SECTOR_SIZE);
  const signature = bytes.readUInt16LE(OFFSET.signature);
  if (signature !== SIGNATURE) {
    throw new Error(`There is no partition table: bytes 510 and 511 are ${hex(signature)}, not ${hex(SIGNATURE)}.`);
  }
  const partitions: Partition[] = [];
  for (let i = 0; i < MAX_PARTITIONS; i++) {
    const entry = bytes.subarray(OFFSET.partitions + i * ENTRY.size);
    const status = entry[ENTRY.status];
    if (status !== 0 && status !== BOOTABLE) {
      throw new Error(`The boot flag of partition ${i + 1} is ${hex(status)}, neither 0x0 nor ${hex(BOOTABLE)}.`);
    }
    if (entry[ENTRY.type] === 0) {
      continue;
    }
    partitions.push({
      type: entry[ENTRY.type],
      bootable: status === BOOTABLE,
      start: entry.readUInt32LE(ENTRY.start),
      length: entry.readUInt32LE(ENTRY.length),
    });
  }
  return { diskId: bytes.readUInt32LE(OFFSET.diskId), partitions };
}

const OFFSET = { diskId: 440, partitions: 446, signature: 510 } as const;
const ENTRY = { status: 0, firstChs: 1, type: 4, lastChs: 5, start: 8, length: 12, size: 16 } as const;
const MAX_PARTITIONS = 4;
const SIGNATURE = 0xaa55;
const BOOTABLE = 0x80;

function encodePartition(entry: Buffer, { type, bootable, start, length }: Partition): void {
  entry[ENTRY.status] = bootable ? BOOTABLE : 0;
  entry.set(encodeChs(start), ENTRY.firstChs);
  entry[ENTRY.type] = type;
  entry.set(encodeChs(start + length - 1), ENTRY.lastChs);
  entry.writeUInt32LE(start, ENTRY.start);
  entry.writeUInt32LE(length, ENTRY.length);
}

const HEADS = 255;
const SECTORS_PER_TRACK = 63;
const MAX_CYLINDER = 1023;

/** Head, then the cylinder's upper two bits and the sector (which counts from 1), then the cylinder's lower eight bits. */
function encodeChs(sector: number): readonly number[] {
  const cylinder = Math.floor(sector / (HEADS * SECTORS_PER_TRACK));
  if (cylinder > MAX_CYLINDER) {
    return [0xfe, 0xff, 0xff];
  }
  const head = Math.floor(sector / SECTORS_PER_TRACK) % HEADS;
  return [head, ((cylinder >> 8) << 6) | ((sector % SECTORS_PER_TRACK) + 1), cylinder & 0xff];
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}
