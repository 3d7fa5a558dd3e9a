import { closeSync, openSync, readSync } from 'node:fs';
import { keepLast } from '../bytes/keep-last.ts';
import type { ByteRange, RandomAccess } from '../bytes/source.ts';
import { release } from './frames/buffers.ts';
import { type CodecName, decompressFrame, type Frame } from './frames/frame.ts';

/** How a finished image file is read: plain data, so that threads can open it. */
export type AccessDescription = RawAccess | FrameAccess;

export interface RawAccess {
  readonly kind: 'raw';
  readonly path: string;
  readonly size: number;
}

export interface FrameAccess {
  readonly kind: 'frames';
  readonly codec: CodecName;
  readonly path: string;
  /** Uncompressed bytes. */
  readonly size: number;
  readonly frames: readonly Frame[];
  /** A sparse file with the image's metadata, taken from the frames, so that reading it needs no frame again. */
  readonly skeleton?: Skeleton;
}

export interface Skeleton {
  readonly path: string;
  /** The ranges of the image that it holds, ascending and disjoint. */
  readonly ranges: readonly ByteRange[];
}

export interface OpenAccess extends RandomAccess {
  close(): void;
}

/** Bytes of the image that are best read together, from a multiple of as many on: those of a frame. */
export function pieceBytes(access: AccessDescription): number {
  return access.kind === 'raw' ? RAW_PIECE_BYTES : (access.frames[0]?.uncompressedBytes ?? RAW_PIECE_BYTES);
}

const RAW_PIECE_BYTES = 16 * 1024 * 1024;

/** Opens the uncompressed bytes of a finished image file. */
export function openAccess(description: AccessDescription): OpenAccess {
  if (description.kind === 'raw') return openFile(description.path, description.size);
  const frames = openFrames(description);
  return description.skeleton === undefined ? frames : withSkeleton(frames, description.skeleton);
}

function openFrames({ codec, path, size, frames }: FrameAccess): OpenAccess {
  const starts: number[] = [];
  for (let i = 0, start = 0; i < frames.length; start += frames[i++].uncompressedBytes) starts.push(start);
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
      let index = lastNotAfter(starts, offset);
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

/** Reads what the skeleton holds from there, and the rest from the frames. */
function withSkeleton(frames: OpenAccess, { path, ranges }: Skeleton): OpenAccess {
  const skeleton = openFile(path, frames.size);
  const starts = ranges.map((range) => range.offset);
  return {
    size: frames.size,
    close() {
      frames.close();
      skeleton.close();
    },
    read(target, offset) {
      checkBounds(target, offset, frames.size);
      for (let done = 0; done < target.length; ) {
        const at = offset + done;
        const index = lastNotAfter(starts, at);
        const end = index < 0 ? 0 : ranges[index].offset + ranges[index].length;
        const limit = at < end ? end : (ranges[index + 1]?.offset ?? frames.size);
        const piece = target.subarray(done, done + limit - at);
        (at < end ? skeleton : frames).read(piece, at);
        done += piece.length;
      }
    },
  };
}

function openFile(path: string, size: number): OpenAccess {
  const file = openSync(path, 'r');
  return {
    size,
    close: () => closeSync(file),
    read(target, offset) {
      checkBounds(target, offset, size);
      for (let done = 0; done < target.length; ) {
        const count = readSync(file, target, done, target.length - done, offset + done);
        if (count === 0) throw new Error(`${path} ends at byte ${offset + done}, within what was to be read.`);
        done += count;
      }
    },
  };
}

function checkBounds(target: Uint8Array, offset: number, size: number): void {
  if (offset >= 0 && offset + target.length <= size) return;
  throw new RangeError(`Bytes ${offset} to ${offset + target.length} are outside an image of ${size} bytes.`);
}

/** The index of the last start that is not behind `offset`; -1 when all are. */
function lastNotAfter(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (starts[middle] <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
