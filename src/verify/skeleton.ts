/**
 * The skeleton of a compressed image: a sparse file with its metadata uncompressed and in place, so that e2fsck can check
 * it without the rest of the image, and reading the metadata decompresses no frame a second time.
 */
import { closeSync, openSync } from 'node:fs';
import { rangesByPiece } from '../bytes/pieces.ts';
import { type ByteRange, cutRanges, PIECE_BYTES, type RandomAccess } from '../bytes/source.ts';
import { MODE } from '../ext4/format/constants.ts';
import { NO_ENTRY } from '../ext4/plan/inodes.ts';
import { type FrameAccess, type Skeleton, withAccess } from '../image/access.ts';
import { type Filesystem, filesystemRange, type ImageDescription, openImage } from '../image/description.ts';
import { createSparseFile, writeAt } from '../image/raw.ts';
import { writingTo } from '../image/write-error.ts';
import type { TaskResult } from '../threads/messages.ts';
import type { Pool } from '../threads/pool.ts';

/**
 * The ranges of an image that its skeleton holds, ascending and disjoint: the metadata, and small files that several store
 * paths share, because each of these paths would decompress a whole frame for them.
 */
export function skeletonRanges(image: ImageDescription): readonly ByteRange[] {
  const { offset, length } = filesystemRange(image);
  using stack = new DisposableStack();
  const { filesystem } = stack.adopt(openImage(image), ({ close }) => close());
  const metadata = filesystem.metadataRanges({ offset: 0, length }, sharedFiles(image.filesystem));
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
  access: FrameAccess,
  skeleton: Skeleton,
): Promise<FrameAccess> {
  const { path, ranges } = skeleton;
  createSparseFile(path, access.size);
  const parts = rangesByPiece(ranges, access.frames[0]?.uncompressedBytes ?? access.size);
  await Promise.all(parts.map((part) => pool.run('writeSkeletonPart', { access, path, ranges: part })));
  return { ...access, skeleton };
}

/** What worker threads do to write a skeleton. */
export const skeletonTasks = {
  writeSkeletonPart({ access, path, ranges }: SkeletonPart): TaskResult<undefined> {
    withAccess(access, (image) => copyRanges(image, path, ranges));
    return { value: undefined };
  },
};

type SkeletonTasks = typeof skeletonTasks;

interface SkeletonPart {
  readonly access: FrameAccess;
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
