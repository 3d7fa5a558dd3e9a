import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const PIECE_BYTES = 256 * 1024;

export interface FileHash {
  readonly sha256: Uint8Array;
  /** CRC-32; `undefined` unless it was asked for. */
  readonly crc32: number | undefined;
}

/** SHA-256 of a file of this machine, and its CRC-32 if wanted. */
export function hashFile(path: string, withCrc32: boolean): FileHash {
  const hash = createHash('sha256');
  const file = openSync(path, 'r');
  const piece = Buffer.allocUnsafe(PIECE_BYTES);
  let crc = withCrc32 ? 0 : undefined;
  try {
    for (;;) {
      const count = readSync(file, piece);
      if (count === 0) {
        return { sha256: hash.digest(), crc32: crc };
      }
      const bytes = piece.subarray(0, count);
      hash.update(bytes);
      if (crc !== undefined) {
        crc = crc32(bytes, crc);
      }
    }
  } finally {
    closeSync(file);
  }
}
