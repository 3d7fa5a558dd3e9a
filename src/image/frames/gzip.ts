import { gunzipSync, gzipSync } from 'node:zlib';
import { uninterrupted } from '../../threads/uninterrupted.ts';
import { CHUNK_SLACK } from './buffers.ts';
import type { FrameCodec } from './codec.ts';

/** gzip members (RFC 1952), without a name and a time. */
export const gzipFrames: FrameCodec = {
  suffix: '.gz',
  levels: { least: 1, most: 9, default: 6 },
  // Deflate looks back 32 KiB at most, so small members cost nothing.
  frameBytes: () => 2 * 1024 * 1024,
  compress: (bytes, level) => uninterrupted(() => gzipSync(bytes, { level, chunkSize: bytes.length + CHUNK_SLACK })),
  decompress: (frame, limit) =>
    uninterrupted(() => gunzipSync(frame, { maxOutputLength: Math.max(limit, 1), chunkSize: limit + CHUNK_SLACK })),
};
