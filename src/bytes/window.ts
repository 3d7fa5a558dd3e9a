import { checkBounds } from './bounds.ts';
import type { ByteRange, RandomAccess } from './source.ts';

/** A range of a source as a source of its own, such as a partition of a disk. */
export function windowOf(source: RandomAccess, { offset, length }: ByteRange): RandomAccess {
  return {
    size: length,
    read(target, position) {
      checkBounds({ offset: position, length: target.length }, length, 'a range');
      source.read(target, offset + position);
    },
  };
}
