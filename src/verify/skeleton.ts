import { closeSync, openSync } from 'node:fs';
import { type ByteRange, cutRanges, type RandomAccess } from '../bytes/source.ts';
import { writeAt } from '../image/raw.ts';
import { writingTo } from '../image/write-error.ts';

const PIECE_BYTES = 256 * 1024;

/** Copies ranges of an image to their places in a sparse file. Errors of writing as in `writeError`. */
export function writeSkeletonPart(image: RandomAccess, path: string, ranges: readonly ByteRange[]): void {
  const file = writingTo(path, () => openSync(path, 'r+'));
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  try {
    for (const range of ranges) {
      for (const piece of cutRanges(range.length, PIECE_BYTES)) {
        const bytes = buffer.subarray(0, piece.length);
        const offset = range.offset + piece.offset;
        image.read(bytes, offset);
        writeAt(file, path, bytes, offset);
      }
    }
  } finally {
    closeSync(file);
  }
}
