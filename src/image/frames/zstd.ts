import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { CHUNK_SLACK, compact } from './buffers.ts';
import type { FrameCodec } from './frame.ts';

/** Zstandard frames (RFC 8878) with a checksum. */
export const zstdFrames: FrameCodec = {
  defaultLevel: 3,
  compress(bytes, level) {
    const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
    return compact(zstdCompressSync(bytes, { params, chunkSize: bytes.length + CHUNK_SLACK }));
  },
  decompress: (frame, limit) =>
    zstdDecompressSync(frame, { maxOutputLength: Math.max(limit, 1), chunkSize: limit + CHUNK_SLACK }),
};
