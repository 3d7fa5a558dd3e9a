/** If the output chunk is larger than all output, zlib allocates one buffer instead of joining many small ones. */
export const CHUNK_SLACK = 1024 * 1024;

/**
 * Frees the memory of a large buffer at once; the buffer must not be used after that. The garbage collector sees only the
 * small object that refers to the memory, and would let gigabytes accumulate.
 */
export function release(buffer: Uint8Array<ArrayBuffer>): void {
  // A smaller one may be part of Node's pool for small buffers.
  if (buffer.buffer.byteLength >= CHUNK_SLACK) {
    buffer.buffer.transfer(0);
  }
}
