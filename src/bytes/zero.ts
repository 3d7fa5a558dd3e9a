const ZEROS = Buffer.alloc(64 * 1024);

/** The index of the first byte that is not zero, or -1. */
export function firstNonZero(bytes: Uint8Array): number {
  for (let start = 0; start < bytes.length; start += ZEROS.length) {
    const piece = bytes.subarray(start, start + ZEROS.length);
    if (ZEROS.compare(piece, 0, piece.length, 0, piece.length) !== 0) {
      return start + piece.findIndex((byte) => byte !== 0);
    }
  }
  return -1;
}

/** Whether all bytes are zero; true for no bytes. */
export function isZero(bytes: Uint8Array): boolean {
  return firstNonZero(bytes) < 0;
}
