import type { ByteRange, RandomAccess } from './source.ts';

/** A range of a source as a source of its own, such as a partition of a disk. */
export function windowOf(source: RandomAccess, { offset, length }: ByteRange): RandomAccess {
  return {
    size: length,
    read(target, position) {
      if (position < 0 || position + target.length > length) {
        throw new RangeError(
          `Bytes ${position} to ${position + target.length} are outside a range of ${length} bytes.`,
        );
      }
      source.read(target, offset + position);
    },
  };
}
