import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { uninterrupted } from '../../threads/uninterrupted.ts';
import { CHUNK_SLACK, release } from './buffers.ts';
import { type FrameCodec, withoutSentinel } from './codec.ts';
import { encodeHeader, encodeLastBlock, UNSIZED_HEADER_BYTES, unmarkLastBlock } from './zstd-blocks.ts';
import { framesApart } from './zstd-frames.ts';

/**
 * One Zstandard frame (RFC 8878) that states the size of its contents. Each of our frames is blocks that need nothing before
 * them, neither bytes nor repeat offsets nor entropy tables, so that they can be anywhere in it.
 *
 * zstd makes such blocks for every job but the first when it compresses with threads. So the input is a first job of zeros,
 * whose blocks are always the same and are cut off, and the contents are the other job. `overlapLog` 1 is for no overlap.
 * `keepsContract` finds out whether the zstd of Node.js works so.
 *
 * There is no checksum: it would have to be computed over all bytes in order, on one thread.
 */
export const zstdFrames: FrameCodec = {
  suffix: framesApart.suffix,
  levels: framesApart.levels,
  // More jobs after the same zeros would take a little less time, and more memory.
  frameBytes: jobBytes,
  leadBytes: jobBytes,
  head: (size, level) => encodeHeader(size, windowLog(level)),
  compress(input, level) {
    const lead = jobBytes(level);
    if (input.length === lead) {
      return Buffer.alloc(0);
    }
    const first = firstJob(level);
    const whole = compressJobs(input, level);
    if (!whole.subarray(0, first.length).equals(first)) {
      throw new Error('zstd did not compress the zeros before a frame as before.');
    }
    const blocks = whole.subarray(first.length);
    unmarkLastBlock(blocks);
    return blocks;
  },
  decompress(frame, size) {
    const { bytes, contents } = primer();
    const whole = contents.length + size + 1;
    // zstd decompresses directly to the output if the header says how much it is, and without a buffer of its own.
    const parts = [encodeHeader(whole, MOST_WINDOW_LOG), bytes, frame, encodeLastBlock([SENTINEL])];
    const options = { maxOutputLength: whole, chunkSize: whole + CHUNK_SLACK };
    const file = Buffer.concat(parts);
    const found = uninterrupted(() => zstdDecompressSync(file, options));
    release(file);
    return withoutSentinel(found, SENTINEL).subarray(contents.length);
  },
  startTail: () => ({ add: () => undefined, end: () => encodeLastBlock([]) }),
};

/**
 * Whether the zstd of Node.js makes frames that can be anywhere in a file: two of them are compressed, and decompressed
 * together and apart.
 */
export function keepsContract(level: number): boolean {
  const samples = [1, 2].map((seed) => Buffer.concat([Buffer.alloc(100), noise(50_000, seed), noise(9000, seed)]));
  const lead = Buffer.alloc(jobBytes(level));
  try {
    const frames = samples.map((bytes) => zstdFrames.compress(Buffer.concat([lead, bytes]), level));
    const all = Buffer.concat(samples);
    const file = Buffer.concat([zstdFrames.head(all.length, level), ...frames, zstdFrames.startTail().end()]);
    return (
      firstJob(level)[WINDOW_AT] <= file[WINDOW_AT] &&
      uninterrupted(() => zstdDecompressSync(file)).equals(all) &&
      samples.every((bytes, i) => zstdFrames.decompress(frames[i], bytes.length).equals(bytes))
    );
  } catch {
    return false;
  }
}

/** Bytes that zstd compresses by themselves: a frame of `framesApart`. */
function jobBytes(level: number): number {
  return framesApart.frameBytes(level);
}

/** The largest window, of 8 MiB: every decompressor must have as much (RFC 8878, section 3.1.1.1.2). */
const MOST_WINDOW_LOG = 23;

/** How far back the levels look: 2 MiB at most up to level 8, and above as far as `framesApart` lets them. */
function windowLog(level: number): number {
  return jobBytes(level) < 2 ** MOST_WINDOW_LOG ? 21 : MOST_WINDOW_LOG;
}

/** Where a frame's header has its window. */
const WINDOW_AT = 5;
const SENTINEL = 0xa5;

/** With one, zstd would not wait for a job to end, but ask again and again whether it has. */
const THREADS = 2;

function compressJobs(input: Uint8Array, level: number): Buffer<ArrayBuffer> {
  const jobSize = jobBytes(level);
  const params = {
    ...framesApart.params(level),
    [constants.ZSTD_c_contentSizeFlag]: 0,
    [constants.ZSTD_c_checksumFlag]: 0,
    [constants.ZSTD_c_nbWorkers]: THREADS,
    [constants.ZSTD_c_jobSize]: jobSize,
    [constants.ZSTD_c_overlapLog]: 1,
  };
  return uninterrupted(() => zstdCompressSync(input, { params, chunkSize: input.length - jobSize + CHUNK_SLACK }));
}

/** By level, what zstd makes of the zeros: the header of a frame, and the blocks of the first job. */
const firstJobs = new Map<number, Buffer>();

function firstJob(level: number): Buffer {
  const known = firstJobs.get(level);
  if (known !== undefined) {
    return known;
  }
  // A single byte more becomes a raw block with a header of three bytes.
  const whole = compressJobs(Buffer.concat([Buffer.alloc(jobBytes(level)), Buffer.of(SENTINEL)]), level);
  const last = encodeLastBlock([SENTINEL]);
  if (!whole.subarray(-last.length).equals(last)) {
    throw new Error('zstd did not compress a single byte as a block of its own.');
  }
  const first = Buffer.from(whole.subarray(0, -last.length));
  firstJobs.set(level, first);
  return first;
}

/**
 * Blocks that go before a frame when it is decompressed by itself: they leave contents, repeat offsets and entropy tables that
 * no frame expects, as other frames do in a file. A frame that relied on those at the start of a file would have other contents.
 */
interface Primer {
  readonly bytes: Buffer;
  readonly contents: Buffer;
}

let madePrimer: Primer | undefined;

function primer(): Primer {
  madePrimer ??= makePrimer();
  return madePrimer;
}

function makePrimer(): Primer {
  const text = noise(1500, 3);
  const contents = Buffer.concat([text, text.subarray(0, 90), text.subarray(500, 600), text.subarray(1100, 1220)]);
  const params = { [constants.ZSTD_c_contentSizeFlag]: 0, [constants.ZSTD_c_checksumFlag]: 0 };
  const bytes = uninterrupted(() => zstdCompressSync(contents, { params })).subarray(UNSIZED_HEADER_BYTES);
  unmarkLastBlock(bytes);
  return { bytes, contents };
}

/** Bytes of 64 values that do not repeat in any order: the upper bits of a linear congruential generator. */
function noise(length: number, seed: number): Buffer {
  let state = seed;
  return Buffer.from(
    Array.from({ length }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return 32 + (state >>> 26);
    }),
  );
}
