import type { ByteRange, ImageSource } from './source.ts';

/** A source and where its first byte stands in the whole. */
export interface Part {
  readonly offset: number;
  readonly source: ImageSource;
}

/**
 * Puts sources together to one of `size` bytes; what no part covers is zero. Parts must be in ascending order, must not
 * overlap and must end within the size; throws a `RangeError` where they do not.
 */
export function composeSources(size: number, parts: readonly Part[]): ImageSource {
  let end = 0;
  for (const { offset, source } of parts) {
    if (offset < end) {
      throw new RangeError(`A part at byte ${offset} stands before the end of the last, ${end}.`);
    }
    end = offset + source.size;
  }
  if (end > size) {
    throw new RangeError(`The parts end at byte ${end} of ${size}.`);
  }

  return {
    size,
    read(target, offset) {
      const limit = offset + target.length;
      if (offset < 0 || limit > size) {
        throw new RangeError(`Bytes ${offset} to ${limit} are outside an image of ${size} bytes.`);
      }
      let done = offset;
      for (const part of partsWithin(parts, { offset, length: target.length })) {
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
