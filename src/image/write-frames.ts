import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { type ByteRange, cutRanges } from '../bytes/source.ts';
import { inOrder } from '../threads/in-order.ts';
import type { Pool } from '../threads/pool.ts';
import { type ImageDescription, imageSize } from './description.ts';
import { release } from './frames/buffers.ts';
import type { FileTail, Frame } from './frames/codec.ts';
import { FORMATS, type FormatName } from './frames/codecs.ts';
import type { ImageTasks } from './image-tasks.ts';
import { writeError } from './write-error.ts';

/** The file to write, and how to compress it. */
export interface FrameTarget {
  readonly path: string;
  readonly format: FormatName;
  readonly level: number;
}

export interface WrittenFrames {
  /** Of the uncompressed bytes. */
  readonly sha256: Buffer;
  /** Of the bytes of the file. */
  readonly crc32: number;
  readonly head: Uint8Array;
  readonly frames: readonly Frame[];
  readonly tail: Uint8Array;
}

/**
 * Writes an image as frames, in order, between the head and the tail of their format; the raw image is never on disk.
 * `onProgress` receives the uncompressed bytes that are written.
 */
export async function writeFrames(
  pool: Pool<ImageTasks>,
  image: ImageDescription,
  { path, format, level }: FrameTarget,
  onProgress: (bytes: number) => void,
): Promise<WrittenFrames> {
  const size = imageSize(image);
  const codec = FORMATS[format];
  const frameBytes = codec.frameBytes(level);
  const leadBytes = codec.leadBytes(level);
  const window = Math.max(pool.threads + 1, Math.ceil(WINDOW_BYTES / frameBytes));
  using stack = new DisposableStack();
  // Memory that is not written is not used.
  const slots = Array.from({ length: window }, () => new Uint8Array(leadBytes + frameBytes));
  stack.defer(() => slots.forEach(release));
  const compress = async (range: ByteRange): Promise<CompressedContents> => {
    // The slot is free: at most `window` ranges are in progress, so the last frame from it has been written.
    const slot = (range.offset / frameBytes) % window;
    const input = { image, range, format, level, memory: slots[slot] };
    const { frame, memory } = await pool.run('compressRange', input, [slots[slot].buffer]);
    slots[slot] = memory;
    return { frame, contents: memory.subarray(leadBytes, leadBytes + range.length) };
  };
  await using file = await createFrameFile(path, codec.head(size, level), codec.startTail());
  let done = 0;
  for await (const frame of inOrder(cutRanges(size, frameBytes), window, compress)) {
    await file.append(frame);
    release(frame.frame);
    done += frame.contents.length;
    onProgress(done);
  }
  return file.finish();
}

/** Uncompressed bytes in progress at a time, but at least one frame more than there are threads. */
const WINDOW_BYTES = 16 * 1024 * 1024;

interface CompressedContents {
  readonly frame: Uint8Array<ArrayBuffer>;
  readonly contents: Uint8Array;
}

/** A file of frames that is being written. */
interface FrameFileWriter extends AsyncDisposable {
  append(range: CompressedContents): Promise<void>;
  /** Ends the file with its tail. */
  finish(): Promise<WrittenFrames>;
}

async function createFrameFile(path: string, head: Uint8Array, fileTail: FileTail): Promise<FrameFileWriter> {
  const file = await openNew(path);
  const hash: Hash = createHash('sha256');
  const frames: Frame[] = [];
  let offset = head.length;
  let crc = 0;
  const write = (bytes: Uint8Array): Promise<void> => {
    crc = crc32(bytes, crc);
    return writeAll(file, path, bytes);
  };
  await write(head);
  return {
    async append({ frame, contents }) {
      const written = write(frame);
      hash.update(contents);
      fileTail.add(frame, contents);
      await written;
      frames.push({ offset, compressedBytes: frame.length, uncompressedBytes: contents.length });
      offset += frame.length;
    },
    async finish() {
      const tail = fileTail.end();
      await write(tail);
      return { sha256: hash.digest(), crc32: crc, head, frames, tail };
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
