import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import type { AccessDescription } from './access.ts';
import { type ImageDescription, imageSize } from './description.ts';
import { CODECS, type CodecName, type Compression, type FormatName } from './frames/codecs.ts';
import type { ImageTasks } from './image-tasks.ts';
import { createSparseFile } from './raw.ts';
import { followWriters } from './read-back.ts';
import { writeFrames } from './write-frames.ts';

/** Receives the bytes of the image that are written. */
export type OnProgress = (bytes: number) => void;

/** The file to write, and how to compress it. */
export interface FileTarget {
  readonly path: string;
  readonly compression: Compression;
  /** `undefined` for the default of the compression. */
  readonly level: number | undefined;
}

export interface WrittenImage {
  readonly access: AccessDescription;
  /** SHA-256 of the uncompressed bytes; `undefined` if they are those of the file. */
  readonly uncompressedSha256: Buffer | undefined;
  readonly record: FileRecord;
}

/** What the writing of a file leaves for its verification. */
export type FileRecord =
  | {
      readonly kind: 'in-order';
      /** Of the bytes as they were written. */
      readonly crc32: number;
    }
  | {
      readonly kind: 'read-back';
      /** Of the bytes as they were read back from the file. Rejects with the error of reading it. */
      readonly sha256: Promise<Buffer>;
    };

/** Writes an image to a new file, in ranges, on all threads of the pool. Errors of the file as in `writeError`. */
export async function writeImage(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  target: FileTarget,
  onProgress: OnProgress,
): Promise<WrittenImage> {
  pool.share(image);
  const { path, compression } = target;
  const size = imageSize(image);
  if (compression === 'none') {
    const { sha256 } = await writeRaw(pool, image, path, onProgress);
    const access: AccessDescription = { kind: 'raw', path, size };
    return { access, uncompressedSha256: undefined, record: { kind: 'read-back', sha256 } };
  }
  const level = target.level ?? CODECS[compression].levels.default;
  const format = await formatOf(pool, compression, level);
  const { head, frames, tail, ...written } = await writeFrames(pool, image, { path, format, level }, onProgress);
  return {
    access: { kind: 'frames', format, path, size, head, frames, tail },
    uncompressedSha256: written.sha256,
    record: { kind: 'in-order', crc32: written.crc32 },
  };
}

/** For zstd, frames that are apart where the zstd of Node.js does not make what one frame needs. */
async function formatOf(pool: Pool<ImageTasks>, compression: CodecName, level: number): Promise<FormatName> {
  return compression !== 'zstd' || (await pool.run('checkZstd', { level })) ? compression : 'zstd-apart';
}

/** Writes the bytes as they are to a sparse file. Returns its hash, which may still be computed then. */
async function writeRaw(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  path: string,
  onProgress: OnProgress,
): Promise<{ readonly sha256: Promise<Buffer> }> {
  const size = imageSize(image);
  createSparseFile(path, size);
  const reader = followWriters(path);
  const write = async (range: ByteRange): Promise<ByteRange> => {
    await pool.run('writeRange', { image, path, range });
    return range;
  };
  const ranges = cutRanges(size, RANGE_BYTES);
  for await (const range of inOrder(ranges, WINDOW_PER_THREAD * pool.threads, write)) {
    reader.add(range);
    onProgress(range.offset + range.length);
  }
  return { sha256: reader.finish() };
}

/** Bytes of a task: enough to outweigh its messages, and few enough to distribute evenly. */
const RANGE_BYTES = 16 * 1024 * 1024;

/** Tasks in progress for each thread: one that runs and one that waits. */
const WINDOW_PER_THREAD = 2;
