import type { ByteRange } from '../bytes/source.ts';
import { quote } from '../text/quote.ts';
import { SECTOR_SIZE } from './mbr.ts';

/** A file that boards load from a fixed place of the disk, outside of any partition: U-Boot, its SPL. */
export interface BootBlob {
  /** The file on this machine. */
  readonly path: string;
  /** Where on the disk it begins, bytes. */
  readonly offset: number;
  /** Bytes. */
  readonly size: number;
}

/** What is at a place of a disk, for messages. */
export interface Area extends ByteRange {
  readonly what: string;
  /** What a user can do to move it; the table cannot be moved. */
  readonly remedy: string | undefined;
}

/**
 * Throws where a blob does not begin on a sector, is empty, reaches over the end of the disk, or overlaps another or one
 * of the `areas`: the partition table and the partitions. Errors name both, and where they are.
 */
export function checkBlobs(blobs: readonly BootBlob[], areas: readonly Area[], diskSize: number): void {
  const placed = blobs.map(areaOf);
  blobs.forEach(({ path, offset, size }, i) => {
    if (offset % SECTOR_SIZE !== 0) {
      throw new Error(
        `The boot loader file ${quote(path)} is to begin at byte ${offset}, which is not on a sector. ` +
          `Give a multiple of ${SECTOR_SIZE} in the input bootloader.`,
      );
    }
    if (size === 0) {
      throw new Error(`The boot loader file ${quote(path)} is empty. Correct the input bootloader.`);
    }
    const all = [...areas, ...placed.slice(0, i)];
    const other = all.find((area) => overlaps(area, placed[i]));
    if (other !== undefined) {
      throw overlapping(placed[i], other);
    }
    if (offset + size > diskSize) {
      throw new Error(
        `${show(placed[i])} reaches over the end of the disk of ${diskSize} bytes, where nothing would read it. ` +
          'Correct its offset in the input bootloader.',
      );
    }
  });
}

function areaOf({ path, offset, size }: BootBlob): Area {
  return {
    what: `The boot loader file ${quote(path)}`,
    offset,
    length: size,
    remedy: 'change its offset in the input bootloader',
  };
}

function overlapping(blob: Area, other: Area): Error {
  const remedies = [other.remedy, blob.remedy].filter((remedy) => remedy !== undefined);
  const remedy = [...new Set(remedies)].join(', or ');
  const what = `${other.what.charAt(0).toLowerCase()}${other.what.slice(1)}`;
  return new Error(
    `${show(blob)} overlaps ${show({ ...other, what })}. ${remedy.charAt(0).toUpperCase()}${remedy.slice(1)}.`,
  );
}

function overlaps(a: ByteRange, b: ByteRange): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function show({ what, offset, length }: Area): string {
  return `${what} (bytes ${offset} to ${offset + length - 1})`;
}
