import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { uninterrupted } from '../../threads/uninterrupted.ts';
import { CHUNK_SLACK } from './buffers.ts';
import type { FrameCodec } from './codec.ts';
import { encodeSeekTable } from './seek-table.ts';

/**
 * Zstandard frames (RFC 8878) one after the other, each with a checksum, and a table of them. For a Node.js whose zstd does
 * not make what `zstdFrames` needs.
 */
export const framesApart: ZstdCodec = {
  suffix: '.zst',
  levels: { least: 1, most: 22, default: 3 },
  frameBytes: (level) => (level <= FAST_LEVEL ? 4 : 16) * 1024 * 1024,
  leadBytes: () => 0,
  head: () => Buffer.alloc(0),
  compress(bytes, level) {
    const params = { ...framesApart.params(level), [constants.ZSTD_c_checksumFlag]: 1 };
    return uninterrupted(() => zstdCompressSync(bytes, { params, chunkSize: bytes.length + CHUNK_SLACK }));
  },
  decompress: (frame, size) =>
    uninterrupted(() =>
      zstdDecompressSync(frame, { maxOutputLength: Math.max(size, 1), chunkSize: size + CHUNK_SLACK }),
    ),
  startTail() {
    const sizes: [compressed: number, uncompressed: number][] = [];
    return {
      add(frame, contents) {
        sizes.push([frame.length, contents.length]);
      },
      end: () => encodeSeekTable(sizes),
    };
  },
  params(level) {
    const window = level > WIDE_LEVEL ? { [constants.ZSTD_c_windowLog]: WINDOW_LOG } : {};
    return { [constants.ZSTD_c_compressionLevel]: level, ...window };
  },
};

interface ZstdCodec extends FrameCodec {
  /** Parameters of zstd for a level. */
  params(level: number): Readonly<Record<number, number>>;
}

/**
 * Up to this level zstd looks back 2 MiB at most; above it up to 8 MiB, and a frame should hold a multiple of that
 * (`lib/compress/clevels.h` of zstd).
 */
const FAST_LEVEL = 8;

/** Above this level zstd would look back further than 8 MiB, which not every decompressor can. */
const WIDE_LEVEL = 19;
const WINDOW_LOG = 23;
