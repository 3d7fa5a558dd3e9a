import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import { type ImageDescription, imageSize } from './description.ts';
import type { Frame } from './frames/codec.ts';
import { CODECS, type CodecName } from './frames/codecs.ts';
import { encodeSeekTable } from './frames/seek-table.ts';
import { createSlots, type FrameSlot } from './frames/slots.ts';
import type { ImageTasks } from './image-tasks.ts';
import { writeError } from './write-error.ts';

/** The file to write, and how to compress it. */
export interface FrameTarget {
  readonly path: string;
  readonly compression: CodecName;
  readonly level: number;
}

export interface WrittenFrames {
  /** Of the uncompressed bytes. */
  readonly sha256: Buffer;
  /** Of the bytes of the file. */
  readonly crc32: number;
  readonly frames: readonly Frame[];
}

/**
 * Writes an image as frames, in order; the raw image is never on disk. A zstd file ends with a table of its frames.
 * `onProgress` receives the uncompressed bytes that are written.
 */
export async function writeFrames(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  { path, compression: codec, level }: FrameTarget,
  onProgress: (bytes: number) => void,
): Promise<WrittenFrames> {
  const size = imageSize(image);
  const frameBytes = CODECS[codec].frameBytes(level);
  const window = Math.max(pool.threads + 1, Math.ceil(WINDOW_BYTES / frameBytes));
  const slots = createSlots(window, frameBytes);
  const compress = async (range: ByteRange): Promise<FrameSlot> => {
    // The slot is free: at most `window` ranges are in progress, so the last frame in it has been written.
    const slot = slots[(range.offset / frameBytes) % window];
    const length = await pool.run('compressRange', { image, range, codec, level, slot });
    return { frame: slot.frame.subarray(0, length), uncompressed: slot.uncompressed.subarray(0, range.length) };
  };
  await using file = await createFrameFile(path);
  let done = 0;
  for await (const frame of inOrder(cutRanges(size, frameBytes), window, compress)) {
    await file.append(frame);
    done += frame.uncompressed.length;
    onProgress(done);
  }
  return file.finish(codec);
}

/** Uncompressed bytes in progress at a time, but at least one frame more than there are threads. */
const WINDOW_BYTES = 16 * 1024 * 1024;

/** A file of frames that is being written. */
interface FrameFileWriter extends AsyncDisposable {
  append(frame: FrameSlot): Promise<void>;
  /** Ends the file with the table that its codec has. */
  finish(codec: CodecName): Promise<WrittenFrames>;
}

async function createFrameFile(path: string): Promise<FrameFileWriter> {
  const file = await openNew(path);
  const hash: Hash = createHash('sha256');
  const frames: Frame[] = [];
  let offset = 0;
  let crc = 0;
  const write = (bytes: Uint8Array): Promise<void> => {
    crc = crc32(bytes, crc);
    return writeAll(file, path, bytes);
  };
  return {
    async append({ frame, uncompressed }) {
      const written = write(frame);
      hash.update(uncompressed);
      await written;
      frames.push({ offset, compressedBytes: frame.length, uncompressedBytes: uncompressed.length });
      offset += frame.length;
    },
    async finish(codec) {
      if (codec === 'zstd') {
        await write(encodeSeekTable(frames));
      }
      return { sha256: hash.digest(), crc32: crc, frames };
    },
    [Symbol.asyncDispose]: () => file.close(),
  };
}

async function openNew(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'wx');
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/** Writes all bytes: a single write may store fewer, as on a disk that is nearly full. */
async function writeAll(file: FileHandle, path: string, bytes: Uint8Array): Promise<void> {
  try {
    let done = 0;
    while (done < bytes.length) {
      done += (await file.write(bytes, done)).bytesWritten;
    }
  } catch (cause) {
    throw writeError(path, cause, bytes.length);
  }
}
