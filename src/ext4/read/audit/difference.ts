import { firstNonZero } from '../../../bytes/zero.ts';
import { hex } from '../format-error.ts';
import type { Volume } from '../volume/volume.ts';

/** Says where two equally long runs of bytes differ first, or undefined when they are equal. */
export function difference(expected: Uint8Array, found: Uint8Array): string | undefined {
  if (Buffer.compare(expected, found) === 0) {
    return undefined;
  }
  const at = found.findIndex((byte, index) => byte !== expected[index]);
  return `expected ${hex(expected[at])} at byte ${at}, found ${hex(found[at])}`;
}

const CHUNK = 1024 * 1024;

/** The offset of the first byte that is not zero in `length` bytes of the filesystem from `offset` on, or -1. */
export function firstNonZeroByte(volume: Volume, offset: number, length: number): number {
  buffer ??= new Uint8Array(CHUNK);
  for (let done = 0; done < length; done += CHUNK) {
    const piece = buffer.subarray(0, Math.min(CHUNK, length - done));
    volume.read(piece, offset + done);
    const at = firstNonZero(piece);
    if (at >= 0) {
      return offset + done + at;
    }
  }
  return -1;
}

let buffer: Uint8Array | undefined;
