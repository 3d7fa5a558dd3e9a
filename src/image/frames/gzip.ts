import { gunzipSync, gzipSync } from 'node:zlib';
import { CHUNK_SLACK, compact } from './buffers.ts';
import type { FrameCodec } from './frame.ts';

/** gzip members (RFC 1952), without a name or a time. */
export const gzipFrames: FrameCodec = {
  defaultLevel: 6,
  compress: (bytes, level) => compact(gzipSync(bytes, { level, chunkSize: bytes.length + CHUNK_SLACK })),
  decompress: (frame, limit) =>
    gunzipSync(frame, { maxOutputLength: Math.max(limit, 1), chunkSize: limit + CHUNK_SLACK }),
};
