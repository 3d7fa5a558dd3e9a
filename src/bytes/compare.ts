import { type ByteRange, cutRanges, PIECE_BYTES, type RandomAccess } from './source.ts';

/**
 * The offset of the first byte within `range` at which two sources differ, or `undefined` if they are equal there.
 * Reads both a piece at a time.
 */
export function firstDifference(found: RandomAccess, expected: RandomAccess, range: ByteRange): number | undefined {
  const foundPiece = Buffer.alloc(Math.min(PIECE_BYTES, range.length));
  const expectedPiece = Buffer.alloc(foundPiece.length);
  for (const { offset, length } of cutRanges(range.length, PIECE_BYTES)) {
    const position = range.offset + offset;
    found.read(foundPiece.subarray(0, length), position);
    expected.read(expectedPiece.subarray(0, length), position);
    if (foundPiece.compare(expectedPiece, 0, length, 0, length) !== 0) {
      return position + foundPiece.subarray(0, length).findIndex((byte, i) => byte !== expectedPiece[i]);
    }
  }
  return undefined;
}
