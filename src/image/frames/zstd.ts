import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { uninterrupted } from '../../threads/uninterrupted.ts';
import { CHUNK_SLACK } from './buffers.ts';
import type { FrameCodec } from './codec.ts';

/** Zstandard frames (RFC 8878) with a checksum. */
export const zstdFrames: FrameCodec = {
  suffix: '.zst',
  levels: { least: 1, most: 22, default: 3 },
  frameBytes: (level) => (level <= FAST_LEVEL ? 4 : 16) * 1024 * 1024,
  compress(bytes, level) {
    const params = { [constants.ZSTD_c_compressionLevel]: level, [constants.ZSTD_c_checksumFlag]: 1 };
    return uninterrupted(() => zstdCompressSync(bytes, { params, chunkSize: bytes.length + CHUNK_SLACK }));
  },
  decompress: (frame, limit) =>
    uninterrupted(() =>
      zstdDecompressSync(frame, { maxOutputLength: Math.max(limit, 1), chunkSize: limit + CHUNK_SLACK }),
    ),
};

/**
 * Up to this level zstd looks back 2 MiB at most; above it up to 8 MiB, and a frame should hold a multiple of that
 * (`lib/compress/clevels.h` of zstd).
 */
const FAST_LEVEL = 8;
