import type { ByteRange } from '../bytes/source.ts';
import { inputError, type UserError } from '../errors/user-error.ts';
import type { FileIdentity } from '../host/identity.ts';
import { quote } from '../text/escape.ts';
import { BOOT_CODE_BYTES, SECTOR_SIZE } from './mbr.ts';

/** A file that boards load from a fixed offset of the disk: U-Boot, its SPL. */
export interface BootBlob {
  /** Path of the file on this machine. */
  readonly path: string;
  /** Offset of its first byte on the disk, bytes. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
  /**
   * The type of the partition that begins with the file, as `sfdisk --json` writes it; none for a file outside all
   * partitions.
   */
  readonly partitionType?: string | undefined;
  /** The file as it was scanned; `undefined` for a layout without files. */
  readonly identity?: FileIdentity | undefined;
}

/**
 * The ranges of a disk that a file is written to. Of a file at offset 0, which is boot code, the bytes from 440 to 511 are
 * left out: they are the partition table's.
 */
export function blobRanges({ offset, size }: Pick<BootBlob, 'offset' | 'size'>): readonly ByteRange[] {
  if (offset > 0) {
    return [{ offset, length: size }];
  }
  const code = { offset, length: Math.min(size, BOOT_CODE_BYTES) };
  return size > SECTOR_SIZE ? [code, { offset: SECTOR_SIZE, length: size - SECTOR_SIZE }] : [code];
}

/** A range of a disk and what it holds, for messages. */
export interface Area extends ByteRange {
  /** A noun phrase, such as `the ext4 partition`. */
  readonly what: string;
  /** An instruction that moves it, without a full stop; `undefined` for what cannot be moved. */
  readonly remedy: string | undefined;
}

/**
 * Checks where boot loader files are on a disk. Throws a `UserError` if one does not begin on a sector, is empty, or overlaps
 * another one or one of `areas`: the partition table and the partitions, the last of which takes the rest of the disk.
 */
export function checkBlobs(blobs: readonly BootBlob[], areas: readonly Area[]): void {
  const taken = [...areas];
  for (const blob of blobs) {
    checkBlob(blob, taken);
    taken.push(...areasOf(blob));
  }
}

function checkBlob(blob: BootBlob, taken: readonly Area[]): void {
  const { path, offset, size } = blob;
  if (offset % SECTOR_SIZE !== 0) {
    throw inputError({
      input: 'bootloader',
      message: `The offset of the boot loader file ${quote(path)} must be a multiple of ${SECTOR_SIZE} bytes, but is ${offset}.`,
      remedy: `Set its offset to a multiple of ${SECTOR_SIZE} in the input bootloader.`,
    });
  }
  if (size === 0) {
    throw inputError({
      input: 'bootloader',
      message: `The boot loader file ${quote(path)} is empty.`,
      remedy: 'Name a file that holds a boot loader in the input bootloader.',
    });
  }
  const areas = areasOf(blob);
  for (const area of areas) {
    const other = taken.find((candidate) => overlaps(candidate, area));
    if (other !== undefined) {
      throw overlapError(area, other);
    }
  }
}

function areasOf(blob: BootBlob): readonly Area[] {
  return blobRanges(blob).map((range) => ({
    ...range,
    what: `the boot loader file ${quote(blob.path)}`,
    remedy: 'change its offset in the input bootloader',
  }));
}

function overlapError(blob: Area, other: Area): UserError {
  const remedies = [other.remedy, blob.remedy].filter((remedy) => remedy !== undefined);
  return inputError({
    input: 'bootloader',
    message: `${capitalize(describe(blob))} overlaps ${describe(other)}.`,
    remedy: `${capitalize([...new Set(remedies)].join(', or '))}.`,
  });
}

function overlaps(a: ByteRange, b: ByteRange): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function describe({ what, offset, length }: Area): string {
  const bytes = Number.isFinite(length)
    ? `bytes ${offset} to ${offset + length - 1}`
    : `from byte ${offset} to the end`;
  return `${what} (${bytes})`;
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
