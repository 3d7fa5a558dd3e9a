import { isGuid } from './guid.ts';

/** What a partition is for. */
export type PartitionKind = 'firmware' | 'esp' | 'root' | 'raw';

/** The processors that have a type of their own for a root partition. */
export type Architecture = 'aarch64' | 'x86-64' | 'riscv64';

/** The kinds of partition tables. */
export const PARTITION_TABLES = ['mbr', 'gpt'] as const;

export type PartitionTable = (typeof PARTITION_TABLES)[number];

/**
 * Types of partitions in an MBR: one byte in hexadecimal. The sd-image module of nixpkgs uses FAT32 with CHS addressing (b)
 * for FAT16 too: boards and kernels read the boot sector.
 */
const MBR_TYPES = { firmware: 'b', esp: 'ef', root: '83' } as const;

/**
 * Types of partitions in a GPT: basic data, EFI system partition (UEFI specification 2.10, section 5.3.3), and Linux
 * filesystem data.
 */
const GPT_TYPES = {
  firmware: 'EBD0A0A2-B9E5-4433-87C0-68B6B72699C7',
  esp: 'C12A7328-F81F-11D2-BA4B-00A0C93EC93B',
  root: '0FC63DAF-8483-4772-8E79-3D69D8477DE4',
} as const;

/** Types of root partitions (Discoverable Partitions Specification of the UAPI group). */
const GPT_ROOT_TYPES: Readonly<Record<Architecture, string>> = {
  aarch64: 'B921B045-1DF0-41C3-AF44-4C6F280D3FAE',
  'x86-64': '4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709',
  riscv64: '72EC70A6-CF74-40E6-BD49-4BDA08E8F224',
};

/**
 * The type of a partition as `sfdisk --json` writes it: a GUID in capital letters, or a byte in hexadecimal for an MBR.
 *
 * @param architecture of the system on a root partition; `undefined` for a type that names none.
 */
export function partitionType(
  table: PartitionTable,
  kind: Exclude<PartitionKind, 'raw'>,
  architecture: Architecture | undefined,
): string {
  if (table === 'mbr') {
    return MBR_TYPES[kind];
  }
  return kind === 'root' && architecture !== undefined ? GPT_ROOT_TYPES[architecture] : GPT_TYPES[kind];
}

/**
 * Reads the type of a partition, in the form in which `partitionType` has it: a GUID for a GPT, two hexadecimal digits for
 * an MBR. `undefined` for other text, for the types of unused and extended partitions, and for that of a protective MBR.
 */
export function parsePartitionType(table: PartitionTable, text: string): string | undefined {
  if (table === 'gpt') {
    return isGuid(text) && /[1-9a-f]/i.test(text) ? text.toUpperCase() : undefined;
  }
  const byte = /^[0-9a-f]{2}$/i.test(text) ? Number.parseInt(text, 16) : 0;
  return RESERVED_TYPES.includes(byte) ? undefined : byte.toString(16);
}

/** Bytes of an MBR: unused, three kinds of extended partitions, and the partition of a protective MBR. */
const RESERVED_TYPES = [0x00, 0x05, 0x0f, 0x85, 0xee];
