/** With an output chunk larger than all output, zlib makes one buffer, and does not join many small ones. */
export const CHUNK_SLACK = 1024 * 1024;

/**
 * Gives the memory of a large buffer back at once; it must not be used any more. The garbage collector sees only the
 * small object that stands for it, and would let gigabytes pile up.
 */
export function release(buffer: Uint8Array<ArrayBuffer>): void {
  // A smaller one may be part of the pool that Node keeps for small buffers.
  if (buffer.buffer.byteLength >= CHUNK_SLACK) {
    buffer.buffer.transfer(0);
  }
}
