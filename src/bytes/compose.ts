import { checkBounds } from './bounds.ts';
import type { ByteRange, ImageSource } from './source.ts';

/** A source and the offset of its first byte in the composed source. */
export interface Part {
  readonly offset: number;
  readonly source: ImageSource;
}

/**
 * Composes parts into one source of `size` bytes; bytes outside all parts are zero. Throws a `RangeError` if the parts are
 * not in ascending order, overlap, or do not fit.
 */
export function composeSources(size: number, parts: readonly Part[]): ImageSource {
  let end = 0;
  for (const { offset, source } of parts) {
    if (offset < end) {
      throw new RangeError(`The part at byte ${offset} begins before the end of the previous part, byte ${end}.`);
    }
    end = offset + source.size;
  }
  if (end > size) {
    throw new RangeError(`The last part ends at byte ${end}, but the image has ${size} bytes.`);
  }

  return {
    size,
    read(target, offset) {
      const range = { offset, length: target.length };
      checkBounds(range, size, 'an image');
      const limit = offset + target.length;
      let done = offset;
      for (const part of partsWithin(parts, range)) {
        const from = Math.max(part.offset, offset);
        const to = Math.min(part.offset + part.source.size, limit);
        target.fill(0, done - offset, from - offset);
        part.source.read(target.subarray(from - offset, to - offset), from - part.offset);
        done = to;
      }
      target.fill(0, done - offset);
    },
    dataRanges: (within) => dataRangesOf(parts, within),
  };
}

function* dataRangesOf(parts: readonly Part[], within: ByteRange): Generator<ByteRange> {
  for (const { offset, source } of partsWithin(parts, within)) {
    const from = Math.max(offset, within.offset);
    const to = Math.min(offset + source.size, within.offset + within.length);
    for (const range of source.dataRanges({ offset: from - offset, length: to - from })) {
      yield { offset: range.offset + offset, length: range.length };
    }
  }
}

function partsWithin(parts: readonly Part[], { offset, length }: ByteRange): readonly Part[] {
  return parts.filter((part) => part.offset < offset + length && part.offset + part.source.size > offset);
}
