import type { ByteRange } from '../../../bytes/source.ts';
import { firstNonZero } from '../../../bytes/zero.ts';
import { hex } from '../format-error.ts';
import type { Volume } from '../volume/volume.ts';

/** Describes the first byte in which two byte arrays of the same length differ; `undefined` if they are equal. */
export function difference(expected: Uint8Array, found: Uint8Array): string | undefined {
  if (Buffer.compare(expected, found) === 0) {
    return undefined;
  }
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  return `expected ${hex(expected[at])} at byte ${at}, found ${hex(found[at])}`;
}

/** Describes the first byte that is not zero; `undefined` if all are. `offset` is that of the bytes in their structure. */
export function nonZero(bytes: Uint8Array, offset: number): string | undefined {
  const at = firstNonZero(bytes);
  return at < 0 ? undefined : `expected 0x0 at byte ${offset + at}, found ${hex(bytes[at])}`;
}

const PIECE_BYTES = 1024 * 1024;

/** Describes the first byte that is not zero in a range of the filesystem; `undefined` if all are. */
export function nonZeroInVolume(volume: Volume, { offset, length }: ByteRange): string | undefined {
  buffer ??= new Uint8Array(PIECE_BYTES);
  for (let done = 0; done < length; done += PIECE_BYTES) {
    const piece = buffer.subarray(0, Math.min(PIECE_BYTES, length - done));
    volume.read(piece, offset + done);
    const found = nonZero(piece, offset + done);
    if (found !== undefined) {
      return found;
    }
  }
  return undefined;
}

let buffer: Uint8Array | undefined;
