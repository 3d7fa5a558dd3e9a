import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';

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
