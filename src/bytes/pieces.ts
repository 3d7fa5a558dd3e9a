import type { ByteRange } from './source.ts';

/**
 * Cuts ranges at multiples of `pieceBytes` and groups them by the piece that they are in, so that code that produces or
 * opens bytes in such pieces handles each piece once.
 */
export function rangesByPiece(ranges: Iterable<ByteRange>, pieceBytes: number): readonly (readonly ByteRange[])[] {
  const pieces = new Map<number, ByteRange[]>();
  for (const range of ranges) {
    const end = range.offset + range.length;
    let { offset } = range;
    while (offset < end) {
      const piece = Math.floor(offset / pieceBytes);
      const length = Math.min(end, (piece + 1) * pieceBytes) - offset;
      const known = pieces.get(piece);
      if (known === undefined) {
        pieces.set(piece, [{ offset, length }]);
      } else {
        known.push({ offset, length });
      }
      offset += length;
    }
  }
  return [...pieces.values()];
}
