/** A run of bytes: `length` bytes from `offset`. */
export interface ByteRange {
  readonly offset: number;
  readonly length: number;
}

/** Bytes that can be read at any place. Reads are synchronous: they run inside worker threads. */
export interface RandomAccess {
  /** Bytes in all. */
  readonly size: number;
  /** Fills `target` with the bytes from `offset` on; throws a `RangeError` where that leaves the source. */
  read(target: Uint8Array, offset: number): void;
}

/**
 * An image: a pure function from an offset to bytes. Any range can be produced on its own, in any order, by any thread.
 */
export interface ImageSource extends RandomAccess {
  /** The ranges within `within` outside which every byte of it is zero; ascending and disjoint. */
  dataRanges(within: ByteRange): Iterable<ByteRange>;
}

/** Bytes that are read, written or compared at once where nothing else asks for a size: fast with the page cache. */
export const PIECE_BYTES = 256 * 1024;

/** Cuts `length` bytes into ranges of `step` bytes; the last may be shorter. */
export function* cutRanges(length: number, step: number): Generator<ByteRange> {
  for (let offset = 0; offset < length; offset += step) {
    yield { offset, length: Math.min(step, length - offset) };
  }
}

/** Bytes of ranges together. */
export function totalLength(ranges: Iterable<ByteRange>): number {
  let bytes = 0;
  for (const { length } of ranges) {
    bytes += length;
  }
  return bytes;
}
