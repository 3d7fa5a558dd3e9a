import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import type { ImageDescription } from './description.ts';
import { createSparseFile } from './raw.ts';
import type { ImageTasks } from './tasks.ts';
import { encodeSeekTable, FRAME_BYTES, type Frame } from './zstd.ts';

/** Called with the bytes of the image that are done. */
export type OnProgress = (bytes: number) => void;

/** Bytes of the image that one task produces. */
const RANGE_BYTES = FRAME_BYTES;

/** Writes an image as it is: a sparse file at `path`, in ranges, by all threads of the pool. */
export async function writeRawImage(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  path: string,
  size: number,
  onProgress: OnProgress,
): Promise<void> {
  createSparseFile(path, size);
  const ranges = cutRanges(size, RANGE_BYTES);
  const write = async (range: { offset: number; length: number }): Promise<number> => {
    await pool.run('writeRange', { image, path, range });
    return range.offset + range.length;
  };
  for await (const done of inOrder(ranges, WINDOW_PER_THREAD * pool.threads, write)) onProgress(done);
}

/** Tasks under way for each thread: one in hand and one waiting. */
const WINDOW_PER_THREAD = 2;

/**
 * Writes an image as zstd frames, in order, with a seek table at the end; the raw image is never on disk. Returns the
 * SHA-256 of the uncompressed bytes.
 */
export async function writeZstdImage(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  path: string,
  size: number,
  level: number,
  onProgress: OnProgress,
): Promise<Buffer> {
  const hash = createHash('sha256');
  const frames: Frame[] = [];
  const buffers = createBuffers();
  const file = await open(path, 'w');
  let offset = 0;
  try {
    const compress = async (range: { offset: number; length: number }): Promise<Compressed> => {
      const uncompressed = buffers.take().subarray(0, range.length);
      const frame = await pool.run('compressRange', { image, range, level, uncompressed });
      return { uncompressed, frame };
    };
    const window = pool.threads + WINDOW_PER_THREAD;
    for await (const { uncompressed, frame } of inOrder(cutRanges(size, FRAME_BYTES), window, compress)) {
      const written = append(file, frame);
      hash.update(uncompressed);
      await written;
      frames.push({ offset, compressedBytes: frame.length, uncompressedBytes: uncompressed.length });
      buffers.giveBack(uncompressed);
      offset += frame.length;
      onProgress(frames.length * FRAME_BYTES);
    }
    await append(file, encodeSeekTable(frames));
  } finally {
    await file.close();
  }
  return hash.digest();
}

interface Compressed {
  readonly uncompressed: Uint8Array;
  readonly frame: Uint8Array;
}

/** Buffers in shared memory, used again and again: there are as many as tasks under way. */
function createBuffers(): { take(): Uint8Array; giveBack(buffer: Uint8Array): void } {
  const free: ArrayBufferLike[] = [];
  return {
    take: () => new Uint8Array(free.pop() ?? new SharedArrayBuffer(FRAME_BYTES)),
    giveBack: (buffer) => {
      free.push(buffer.buffer);
    },
  };
}

async function append(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
}
