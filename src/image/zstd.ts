/** Zstandard frames (RFC 8878) that are made and read on their own. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';

/** Uncompressed bytes of a frame; the last one of a file may have fewer. */
export const FRAME_BYTES = 16 * 1024 * 1024;

/** zstd's own default. */
export const DEFAULT_LEVEL = 3;

/** Where a frame lies in its file, and how many bytes it holds. */
export interface Frame {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

/** Compresses bytes into one frame, with a checksum of its contents. */
export function compressFrame(bytes: Uint8Array, level: number): Uint8Array<ArrayBuffer> {
  const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
  const output = zstdCompressSync(bytes, { params, chunkSize: bytes.length + CHUNK_SLACK });
  const frame = new Uint8Array(output);
  release(output);
  return frame;
}

/** Decompresses one frame and checks its length; its checksum is checked by zstd. */
export function decompressFrame(bytes: Uint8Array, frame: Frame): Buffer<ArrayBuffer> {
  const contents = zstdDecompressSync(bytes, {
    maxOutputLength: Math.max(frame.uncompressedBytes, 1),
    chunkSize: frame.uncompressedBytes + CHUNK_SLACK,
  });
  if (contents.length === frame.uncompressedBytes) return contents;
  throw new Error(
    `The zstd frame at byte ${frame.offset} holds ${contents.length} bytes; its table says ${frame.uncompressedBytes}.`,
  );
}

/**
 * Gives the memory of a large buffer back at once; it must not be used any more. The garbage collector sees only the
 * small object that stands for it, and would let gigabytes pile up.
 */
export function release(buffer: Buffer<ArrayBuffer>): void {
  // A smaller one may be part of the pool that Node keeps for small buffers.
  if (buffer.buffer.byteLength >= CHUNK_SLACK) buffer.buffer.transfer(0);
}

/** With an output chunk larger than all output, zlib makes one buffer, and does not join many small ones. */
const CHUNK_SLACK = 1024 * 1024;
