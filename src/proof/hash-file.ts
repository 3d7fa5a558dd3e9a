import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { type ByteRange, cutRanges, type RandomAccess } from '../bytes/source.ts';

const PIECE_BYTES = 256 * 1024;

/** SHA-256 of a file of this machine. */
export function hashFile(path: string): Buffer {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  try {
    for (;;) {
      const count = readSync(file, piece);
      if (count === 0) return hash.digest();
      hash.update(piece.subarray(0, count));
    }
  } finally {
    closeSync(file);
  }
}

/** SHA-256 of a range of an image. */
export function hashRange(image: RandomAccess, range: ByteRange): Buffer {
  const hash = createHash('sha256');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  for (const { offset, length } of cutRanges(range.length, PIECE_BYTES)) {
    const bytes = piece.subarray(0, length);
    image.read(bytes, range.offset + offset);
    hash.update(bytes);
  }
  return hash.digest();
}
