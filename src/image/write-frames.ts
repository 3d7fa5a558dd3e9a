import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import type { ImageDescription } from './description.ts';
import type { Frame } from './frames/codec.ts';
import { CODECS, type CodecName } from './frames/codecs.ts';
import { encodeSeekTable } from './frames/seek-table.ts';
import { createSlots, type FrameSlot } from './frames/slots.ts';
import type { ImageTasks } from './image-tasks.ts';
import { writeError } from './write-error.ts';

/** How the frames of a file are made. */
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

/** Frames in order; the raw image is never on disk. A zstd file ends with a table by which its frames are found. */
export async function writeFrames(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  size: number,
  { path, compression: codec, level }: FrameTarget,
  onProgress: (bytes: number) => void,
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
  const frameBytes = CODECS[codec].frameBytes(level);
  const window = Math.max(pool.threads + 1, Math.ceil(WINDOW_BYTES / frameBytes));
  const slots = createSlots(window, frameBytes);
  const compress = async (range: ByteRange): Promise<FrameSlot> => {
    // The slot's last frame has been written: so many ranges back, there is none under way any more.
    const slot = slots[(range.offset / frameBytes) % window];
    const length = await pool.run('compressRange', { image, range, codec, level, slot });
    return { frame: slot.frame.subarray(0, length), uncompressed: slot.uncompressed.subarray(0, range.length) };
  };
  try {
    for await (const { uncompressed, frame } of inOrder(cutRanges(size, frameBytes), window, compress)) {
      const written = append(frame);
      hash.update(uncompressed);
      await written;
      frames.push({ offset, compressedBytes: frame.length, uncompressedBytes: uncompressed.length });
      offset += frame.length;
      onProgress(Math.min(frames.length * frameBytes, size));
    }
    if (codec === 'zstd') {
      await append(encodeSeekTable(frames));
    }
  } finally {
    await file.close();
  }
  return { sha256: hash.digest(), crc32: crc, frames };
}

/** Uncompressed bytes under way at once; more than one frame for each thread in any case. */
const WINDOW_BYTES = 16 * 1024 * 1024;

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
    for (let done = 0; done < bytes.length; ) {
      done += (await file.write(bytes, done)).bytesWritten;
    }
  } catch (cause) {
    throw writeError(path, cause);
  }
}
