import { checkBounds } from '../bytes/bounds.ts';
import { firstAfter } from '../bytes/search.ts';
import type { ByteRange, RandomAccess } from '../bytes/source.ts';
import { type OpenAccess, openFile } from './file-access.ts';
import { type FrameFile, openFrames } from './frame-access.ts';

/** How to read a finished image file: plain data, so that any thread can open it. */
export type AccessDescription = RawAccess | FrameAccess;

export interface RawAccess {
  readonly kind: 'raw';
  readonly path: string;
  readonly size: number;
}

export interface FrameAccess extends FrameFile {
  readonly kind: 'frames';
  /** A sparse file with the metadata of the image, copied from the frames so that reading it decompresses no frame. */
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

/** Opens a finished image file, passes it to `work`, and closes it. */
export function withAccess<T>(description: AccessDescription, work: (image: RandomAccess) => T): T {
  using image = openAccess(description);
  return work(image);
}

/** Reads from the skeleton what it holds, and the rest from the frames. */
function withSkeleton(frames: OpenAccess, { path, ranges }: Skeleton): OpenAccess {
  const skeleton = openFile(path, frames.size);
  const startOf = (index: number): number => ranges[index].offset;
  const close = (): void => {
    frames.close();
    skeleton.close();
  };
  return {
    size: frames.size,
    close,
    [Symbol.dispose]: close,
    read(target, offset) {
      checkBounds({ offset, length: target.length }, frames.size, 'an image');
      let done = 0;
      while (done < target.length) {
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
