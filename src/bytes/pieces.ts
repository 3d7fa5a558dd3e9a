import type { ByteRange } from './source.ts';

/**
 * Puts ranges together that lie in the same piece of `pieceBytes`, cut at its ends: whoever produces or opens bytes in
 * such pieces needs each once.
 */
export function rangesByPiece(ranges: Iterable<ByteRange>, pieceBytes: number): readonly (readonly ByteRange[])[] {
  const pieces = new Map<number, ByteRange[]>();
  for (const range of ranges) {
    const end = range.offset + range.length;
    for (let offset = range.offset; offset < end; ) {
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
