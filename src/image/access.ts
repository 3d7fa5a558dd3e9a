import { firstAfter } from '../bytes/search.ts';
import type { ByteRange, RandomAccess } from '../bytes/source.ts';
import { checkBounds, type OpenAccess, openFile } from './file-access.ts';
import { openFrames } from './frame-access.ts';
import type { Frame } from './frames/codec.ts';
import type { CodecName } from './frames/codecs.ts';

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

/** Opens the uncompressed bytes of a finished image file. */
export function openAccess(description: AccessDescription): OpenAccess {
  if (description.kind === 'raw') {
    return openFile(description.path, description.size);
  }
  const frames = openFrames(description);
  return description.skeleton === undefined ? frames : withSkeleton(frames, description.skeleton);
}

/** Opens a finished image file for as long as `work` takes. */
export function withAccess<T>(description: AccessDescription, work: (image: RandomAccess) => T): T {
  const image = openAccess(description);
  try {
    return work(image);
  } finally {
    image.close();
  }
}

/** Reads what the skeleton holds from there, and the rest from the frames. */
function withSkeleton(frames: OpenAccess, { path, ranges }: Skeleton): OpenAccess {
  const skeleton = openFile(path, frames.size);
  const startOf = (index: number): number => ranges[index].offset;
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
        const index = firstAfter(ranges.length, startOf, at) - 1;
        const end = index < 0 ? 0 : ranges[index].offset + ranges[index].length;
        const limit = at < end ? end : (ranges[index + 1]?.offset ?? frames.size);
        const piece = target.subarray(done, done + limit - at);
        (at < end ? skeleton : frames).read(piece, at);
        done += piece.length;
      }
    },
  };
}
