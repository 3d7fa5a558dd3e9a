import { constants, crc32, deflateRawSync, inflateRawSync } from 'node:zlib';
import { uninterrupted } from '../../threads/uninterrupted.ts';
import { CHUNK_SLACK, release } from './buffers.ts';
import { type FrameCodec, withoutSentinel } from './codec.ts';

/**
 * One gzip member (RFC 1952) without a name and a time, as pigz makes it: each frame is DEFLATE blocks (RFC 1951) that refer to
 * nothing before them, up to an empty stored block that ends at a byte (`Z_FULL_FLUSH` of zlib).
 */
export const gzipFrames: FrameCodec = {
  suffix: '.gz',
  levels: { least: 1, most: 9, default: 6 },
  // Deflate looks back 32 KiB at most, so small frames cost nothing.
  frameBytes: () => 2 * 1024 * 1024,
  leadBytes: () => 0,
  head: (_, level) => Buffer.from([0x1f, 0x8b, DEFLATE, 0, 0, 0, 0, 0, extraFlags(level), UNIX]),
  compress(bytes, level) {
    const options = { level, finishFlush: constants.Z_FULL_FLUSH, chunkSize: bytes.length + CHUNK_SLACK };
    return uninterrupted(() => deflateRawSync(bytes, options));
  },
  decompress(frame, size) {
    const options = { maxOutputLength: size + 1, chunkSize: size + CHUNK_SLACK };
    const blocks = Buffer.concat([frame, LAST_BYTE]);
    const found = uninterrupted(() => inflateRawSync(blocks, options));
    release(blocks);
    return withoutSentinel(found, SENTINEL);
  },
  startTail() {
    let crc = 0;
    let size = 0;
    return {
      add(_, contents) {
        crc = crc32(contents, crc);
        size += contents.length;
      },
      end() {
        const sums = Buffer.alloc(8);
        sums.writeUInt32LE(crc, 0);
        sums.writeUInt32LE(size % 2 ** 32, 4);
        return Buffer.concat([EMPTY_LAST_BLOCK, sums]);
      },
    };
  },
};

const DEFLATE = 8;
const UNIX = 3;

/** XFL of RFC 1952, section 2.3.1: the slowest and the fastest algorithm. */
function extraFlags(level: number): number {
  return level === 9 ? 2 : level === 1 ? 4 : 0;
}

/** The last block, without contents: fixed codes, and only the end of the block (RFC 1951, section 3.2.3). */
const EMPTY_LAST_BLOCK = Buffer.from([0x03, 0x00]);

const SENTINEL = 0xa5;

/** A stored last block with the sentinel. */
const LAST_BYTE = Buffer.from([0x01, 0x01, 0x00, 0xfe, 0xff, SENTINEL]);
