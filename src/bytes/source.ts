/** A range of bytes: `length` bytes from `offset`. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Bytes that can be read at any offset. Reads are synchronous, because they run in worker threads. */
export interface RandomAccess {
  /** Bytes in total. */
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on. Throws a `RangeError` if that is outside the source. */
  read(target: Uint8Array, offset: number): void;
}

/**
 * An image: a pure function from an offset to bytes. Any range can be produced on its own, in any order, by any thread.
 */
export interface ImageSource extends RandomAccess {
  /** The ranges within `within` that may hold bytes other than zero; ascending and disjoint. */
  dataRanges(within: ByteRange): Iterable<ByteRange>;
}

/** Bytes of a sector: the unit of partition tables, of FAT, and of the block counts in ext4 inodes. */
export const SECTOR_SIZE = 512;

/** Bytes to read, write or compare at once, unless there is a reason for another size. */
export const PIECE_BYTES = 256 * 1024;

/** Cuts `length` bytes into ranges of `step` bytes; the last may be shorter. */
export function* cutRanges(length: number, step: number): Generator<ByteRange> {
  for (let offset = 0; offset < length; offset += step) {
    yield { offset, length: Math.min(step, length - offset) };
  }
}

/** Bytes of all ranges together. */
export function totalLength(ranges: Iterable<ByteRange>): number {
  let bytes = 0;
  for (const { length } of ranges) {
    bytes += length;
  }
  return bytes;
}
