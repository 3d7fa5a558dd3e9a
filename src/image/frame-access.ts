import { keepLast } from '../bytes/keep-last.ts';
import { firstAfter } from '../bytes/search.ts';
import type { FrameAccess } from './access.ts';
import { checkBounds, type OpenAccess, openFile } from './file-access.ts';
import { release } from './frames/buffers.ts';
import { decompressFrame } from './frames/codecs.ts';

/** Opens the uncompressed bytes of a compressed file; its skeleton is not looked at. */
export function openFrames({ codec, path, size, frames }: FrameAccess): OpenAccess {
  const starts: number[] = [];
  for (let i = 0, start = 0; i < frames.length; start += frames[i++].uncompressedBytes) {
    starts.push(start);
  }
  const file = openFile(path, Number.POSITIVE_INFINITY);
  const compressed = Buffer.allocUnsafeSlow(frames.reduce((most, frame) => Math.max(most, frame.compressedBytes), 0));
  const largest = frames.reduce((most, frame) => Math.max(most, frame.uncompressedBytes), 1);
  const decompress = (index: number): Buffer<ArrayBuffer> => {
    const bytes = compressed.subarray(0, frames[index].compressedBytes);
    file.read(bytes, frames[index].offset);
    return decompressFrame(codec, bytes, frames[index], path);
  };
  const kept = keepLast(Math.max(LEAST_KEPT, Math.floor(KEPT_BYTES / largest)), decompress, release);

  return {
    size,
    close() {
      kept.clear();
      release(compressed);
      file.close();
    },
    read(target, offset) {
      checkBounds(target, offset, size);
      let index = firstAfter(starts.length, (at) => starts[at], offset) - 1;
      for (let done = 0; done < target.length; index++) {
        const from = offset + done - starts[index];
        const piece = kept.get(index).subarray(from, from + target.length - done);
        target.set(piece, done);
        done += piece.length;
      }
    },
  };
}

/** Uncompressed bytes of the frames that stay at hand, for each thread. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * File data is read from front to back at two places: where a store path has its own files, and where those are that
 * it shares with others.
 */
const LEAST_KEPT = 2;
