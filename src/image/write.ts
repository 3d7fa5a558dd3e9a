import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import type { AccessDescription } from './access.ts';
import type { ImageDescription } from './description.ts';
import { release } from './frames/buffers.ts';
import { CODECS, type CodecName, FRAME_BYTES, type Frame } from './frames/frame.ts';
import { encodeSeekTable } from './frames/seek-table.ts';
import { createSparseFile } from './raw.ts';
import type { CompressedRange, ImageTasks } from './tasks.ts';
import { writeError } from './write-error.ts';

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
  const { path, compression } = target;
  if (compression === 'none') {
    await writeRaw(pool, image, size, path, onProgress);
    return { access: { kind: 'raw', path, size }, uncompressedSha256: undefined, fileCrc32: undefined };
  }
  const level = target.level ?? CODECS[compression].defaultLevel;
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
  const ranges = cutRanges(size, FRAME_BYTES);
  for await (const done of inOrder(ranges, WINDOW_PER_THREAD * pool.threads, write)) onProgress(done);
}

/** Tasks under way for each thread: one in hand and one waiting. */
const WINDOW_PER_THREAD = 2;

interface WrittenFrames {
  /** Of the uncompressed bytes. */
  readonly sha256: Buffer;
  /** Of the bytes of the file. */
  readonly crc32: number;
  readonly frames: readonly Frame[];
}

/** Frames in order; the raw image is never on disk. A zstd file ends with a table by which its frames are found. */
async function writeFrames(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  size: number,
  { path, compression: codec, level }: { path: string; compression: CodecName; level: number },
  onProgress: OnProgress,
): Promise<WrittenFrames> {
  const hash = createHash('sha256');
  const frames: Frame[] = [];
  const file = await openNew(path);
  let offset = 0;
  let crc = 0;
  const append = (bytes: Uint8Array): Promise<void> => {
    crc = crc32(bytes, crc);
    return writeAll(file, path, bytes);
  };
  try {
    const compress = (range: ByteRange): Promise<CompressedRange> =>
      pool.run('compressRange', { image, range, codec, level });
    const window = pool.threads + 1;
    for await (const { uncompressed, frame } of inOrder(cutRanges(size, FRAME_BYTES), window, compress)) {
      const written = append(frame);
      hash.update(uncompressed);
      await written;
      frames.push({ offset, compressedBytes: frame.length, uncompressedBytes: uncompressed.length });
      offset += frame.length;
      release(frame);
      release(uncompressed);
      onProgress(Math.min(frames.length * FRAME_BYTES, size));
    }
    if (codec === 'zstd') await append(encodeSeekTable(frames));
  } finally {
    await file.close();
  }
  return { sha256: hash.digest(), crc32: crc, frames };
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/** Writes all bytes: a single write may store fewer, as on a disk that is filling up. */
async function writeAll(file: FileHandle, path: string, bytes: Uint8Array): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) done += (await file.write(bytes, done)).bytesWritten;
  } catch (cause) {
    throw writeError(path, cause);
  }
}
