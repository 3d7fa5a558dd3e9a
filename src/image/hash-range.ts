import { createHash } from 'node:crypto';
import { type ByteRange, cutRanges, type RandomAccess } from '../bytes/source.ts';

/** Bytes read at a time. */
const PIECE_BYTES = 256 * 1024;

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
