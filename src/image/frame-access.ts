import { checkBounds } from '../bytes/bounds.ts';
import { keepLast } from '../bytes/keep-last.ts';
import { firstAfter } from '../bytes/search.ts';
import { type OpenAccess, openFile } from './file-access.ts';
import { release } from './frames/buffers.ts';
import type { Frame } from './frames/codec.ts';
import { decompressFrame, type FormatName } from './frames/codecs.ts';

/** A compressed file and its frames. */
export interface FrameFile {
  readonly format: FormatName;
  readonly path: string;
  /** Uncompressed bytes. */
  readonly size: number;
  /** The bytes of the file before its first frame, as they were written. */
  readonly head: Uint8Array;
  readonly frames: readonly Frame[];
  /** The bytes of the file after its last frame, as they were written. */
  readonly tail: Uint8Array;
}

/** Opens the uncompressed bytes of a compressed file. */
export function openFrames({ format, path, size, frames }: FrameFile): OpenAccess {
  const starts = startsOf(frames);
  const file = openFile(path, Number.POSITIVE_INFINITY);
  const compressed = Buffer.allocUnsafeSlow(frames.reduce((most, frame) => Math.max(most, frame.compressedBytes), 0));
  const largest = frames.reduce((most, frame) => Math.max(most, frame.uncompressedBytes), 1);
  const decompress = (index: number): Buffer<ArrayBuffer> => {
    const bytes = compressed.subarray(0, frames[index].compressedBytes);
    file.read(bytes, frames[index].offset);
    return decompressFrame(format, bytes, frames[index], path);
  };
  const kept = keepLast(Math.max(LEAST_KEPT, Math.floor(KEPT_BYTES / largest)), decompress, release);
  const close = (): void => {
    kept.clear();
    release(compressed);
    file.close();
  };

  return {
    size,
    close,
    [Symbol.dispose]: close,
    read(target, offset) {
      checkBounds({ offset, length: target.length }, size, 'an image');
      let index = firstAfter(starts.length, (at) => starts[at], offset) - 1;
      let done = 0;
      while (done < target.length) {
        const from = offset + done - starts[index];
        const piece = kept.get(index).subarray(from, from + target.length - done);
        target.set(piece, done);
        done += piece.length;
        index++;
      }
    },
  };
}

/** Offsets of the frames among the uncompressed bytes. */
function startsOf(frames: readonly Frame[]): readonly number[] {
  let start = 0;
  return frames.map(({ uncompressedBytes }) => {
    const own = start;
    start += uncompressedBytes;
    return own;
  });
}

/** Uncompressed bytes of frames that each thread keeps in memory. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * File data is read from front to back at two places at a time: that of a store path's own files, and that of the files
 * that it shares with others.
 */
const LEAST_KEPT = 2;
