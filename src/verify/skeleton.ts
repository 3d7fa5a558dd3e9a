/**
 * The skeleton of a compressed image: a sparse file with its metadata uncompressed and in place, so that e2fsck can check
 * it without the rest of the image, and reading the metadata decompresses no frame a second time.
 */
import { closeSync, openSync } from 'node:fs';
import { checkBounds } from '../bytes/bounds.ts';
import { rangesByPiece } from '../bytes/pieces.ts';
import { firstAfter } from '../bytes/search.ts';
import { type ByteRange, cutRanges, PIECE_BYTES, type RandomAccess } from '../bytes/source.ts';
import { MODE } from '../ext4/format/constants.ts';
import { NO_ENTRY } from '../ext4/plan/inodes.ts';
import { type AccessDescription, type FrameAccess, openAccess, withAccess } from '../image/access.ts';
import { type Filesystem, filesystemRange, type ImageDescription, openImage } from '../image/description.ts';
import { type OpenAccess, openFile } from '../image/file-access.ts';
import { createSparseFile, writeAt } from '../image/raw.ts';
import { writingTo } from '../image/write-error.ts';
import type { TaskResult } from '../threads/messages.ts';
import type { Pool } from '../threads/pool.ts';

export interface Skeleton {
  readonly path: string;
  /** The ranges of the image that it holds, ascending and disjoint. */
  readonly ranges: readonly ByteRange[];
}

/** A compressed image file with its skeleton. */
export interface SkeletonAccess {
  readonly kind: 'skeleton';
  readonly frames: FrameAccess;
  readonly skeleton: Skeleton;
}

/** How verification reads a finished image file: plain data, so that any thread can open it. */
export type VerificationAccess = AccessDescription | SkeletonAccess;

/** Opens a finished image file, passes it to `work`, and closes it. */
export function withImage<T>(access: VerificationAccess, work: (image: RandomAccess) => T): T {
  if (access.kind !== 'skeleton') {
    return withAccess(access, work);
  }
  using frames = openAccess(access.frames);
  using skeleton = openFile(access.skeleton.path, frames.size);
  return work(merge(frames, skeleton, access.skeleton.ranges));
}

/** Reads the ranges of the skeleton from it, and the rest from the frames. */
function merge(frames: OpenAccess, skeleton: OpenAccess, ranges: readonly ByteRange[]): RandomAccess {
  const { size } = frames;
  const startOf = (index: number): number => ranges[index].offset;
  return {
    size,
    read(target, offset) {
      checkBounds({ offset, length: target.length }, size, 'an image');
      let done = 0;
      while (done < target.length) {
        const at = offset + done;
        const index = firstAfter(ranges.length, startOf, at) - 1;
        const end = index < 0 ? 0 : ranges[index].offset + ranges[index].length;
        const limit = at < end ? end : (ranges[index + 1]?.offset ?? size);
        const piece = target.subarray(done, done + limit - at);
        (at < end ? skeleton : frames).read(piece, at);
        done += piece.length;
      }
    },
  };
}

/**
 * The ranges of an image that its skeleton holds, ascending and disjoint: the metadata, and small files that several store
 * paths share, because each of these paths would decompress a whole frame for them.
 */
export function skeletonRanges(image: ImageDescription): readonly ByteRange[] {
  const { offset, length } = filesystemRange(image);
  using open = openImage(image);
  const metadata = open.filesystem.metadataRanges({ offset: 0, length }, sharedFiles(image.filesystem));
  return Array.from(metadata, (range) => ({ offset: offset + range.offset, length: range.length }));
}

/** Bytes of shared files at most. Each file saves as many reads as another, so the smallest are taken. */
const SHARED_BYTES = 8 * 1024 * 1024;

/** Inodes of files with several links. */
function sharedFiles({ plan, tree }: Filesystem): ReadonlySet<number> {
  const { entryOf, links } = plan.inodes;
  const shared: number[] = [];
  for (let inode = 1; inode < entryOf.length; inode++) {
    const entry = entryOf[inode];
    if (entry !== NO_ENTRY && links[inode] > 1 && (tree.mode[entry] & MODE.typeMask) === MODE.regular) {
      shared.push(inode);
    }
  }
  const sizeOf = (inode: number): number => tree.size[entryOf[inode]];
  shared.sort((a, b) => sizeOf(a) - sizeOf(b));
  const smallest = new Set<number>();
  let bytes = 0;
  for (const inode of shared) {
    bytes += sizeOf(inode);
    if (bytes > SHARED_BYTES) {
      break;
    }
    smallest.add(inode);
  }
  return smallest;
}

/**
 * Writes the skeleton of a compressed image to a new file, on all threads. Returns how the image is read with it. Errors of
 * writing are those of `writeError`.
 */
export async function writeSkeleton(
  pool: Pool<SkeletonTasks>,
  frames: FrameAccess,
  skeleton: Skeleton,
): Promise<SkeletonAccess> {
  const { path, ranges } = skeleton;
  createSparseFile(path, frames.size);
  const parts = rangesByPiece(ranges, frames.frames[0]?.uncompressedBytes ?? frames.size);
  await Promise.all(parts.map((part) => pool.run('writeSkeletonPart', { frames, path, ranges: part })));
  return { kind: 'skeleton', frames, skeleton };
}

/** What worker threads do to write a skeleton. */
export const skeletonTasks = {
  writeSkeletonPart({ frames, path, ranges }: SkeletonPart): TaskResult<undefined> {
    withAccess(frames, (image) => copyRanges(image, path, ranges));
    return { value: undefined };
  },
};

type SkeletonTasks = typeof skeletonTasks;

interface SkeletonPart {
  readonly frames: FrameAccess;
  /** Of the skeleton. */
  readonly path: string;
  readonly ranges: readonly ByteRange[];
}

function copyRanges(image: RandomAccess, path: string, ranges: readonly ByteRange[]): void {
  using stack = new DisposableStack();
  const open = (): number => openSync(path, 'r+');
  const file = stack.adopt(writingTo(path, open), closeSync);
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  for (const range of ranges) {
    for (const piece of cutRanges(range.length, PIECE_BYTES)) {
      const bytes = buffer.subarray(0, piece.length);
      const offset = range.offset + piece.offset;
      image.read(bytes, offset);
      writeAt(file, path, bytes, offset);
    }
  }
}
