import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import type { AccessDescription } from './access.ts';
import type { ImageDescription } from './description.ts';
import { CODECS, type CodecName } from './frames/codecs.ts';
import type { ImageTasks } from './image-tasks.ts';
import { createSparseFile } from './raw.ts';
import { writeFrames } from './write-frames.ts';

/** Called with the bytes of the image that are done. */
export type OnProgress = (bytes: number) => void;

/** How the file is to be written. */
export interface FileTarget {
  readonly path: string;
  readonly compression: 'none' | CodecName;
  /** `undefined` for the tool's own. */
  readonly level: number | undefined;
}

export interface WrittenImage {
  readonly access: AccessDescription;
  /** SHA-256 of the uncompressed bytes; `undefined` where they are those of the file. */
  readonly uncompressedSha256: Buffer | undefined;
  /** CRC-32 of the bytes of the file; `undefined` where they were not written in order. */
  readonly fileCrc32: number | undefined;
}

/**
 * Writes an image of `size` bytes to a new file, in ranges, on all threads of the pool. Errors of the file as in
 * `writeError`.
 */
export async function writeImage(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  size: number,
  target: FileTarget,
  onProgress: OnProgress,
): Promise<WrittenImage> {
  pool.share(image);
  const { path, compression } = target;
  if (compression === 'none') {
    await writeRaw(pool, image, size, path, onProgress);
    return { access: { kind: 'raw', path, size }, uncompressedSha256: undefined, fileCrc32: undefined };
  }
  const level = target.level ?? CODECS[compression].levels.default;
  const written = await writeFrames(pool, image, size, { path, compression, level }, onProgress);
  return {
    access: { kind: 'frames', codec: compression, path, size, frames: written.frames },
    uncompressedSha256: written.sha256,
    fileCrc32: written.crc32,
  };
}

/** A sparse file of the bytes as they are. */
async function writeRaw(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  size: number,
  path: string,
  onProgress: OnProgress,
): Promise<void> {
  createSparseFile(path, size);
  const write = async (range: ByteRange): Promise<number> => {
    await pool.run('writeRange', { image, path, range });
    return range.offset + range.length;
  };
  const ranges = cutRanges(size, RANGE_BYTES);
  for await (const done of inOrder(ranges, WINDOW_PER_THREAD * pool.threads, write)) {
    onProgress(done);
  }
}

/** Bytes of a task: enough to outweigh its messages, and few enough to spread evenly. */
const RANGE_BYTES = 16 * 1024 * 1024;

/** Tasks under way for each thread: one in hand and one waiting. */
const WINDOW_PER_THREAD = 2;
