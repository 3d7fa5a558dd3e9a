import type { ByteRange } from '../bytes/source.ts';
import { MODE } from '../ext4/format/constants.ts';
import { NO_ENTRY } from '../ext4/plan/inodes.ts';
import { type Filesystem, filesystemRange, type ImageDescription, openImage } from '../image/description.ts';
import type { ImageTree } from '../tree/image-tree.ts';

/**
 * The ranges of a compressed image that its verification keeps unpacked: the metadata, which e2fsck reads, and small files that
 * several store paths share, for which a whole frame would have to be decompressed time and again.
 */
export function rangesAtHand(image: ImageDescription): readonly ByteRange[] {
  const { offset, length } = filesystemRange(image);
  const { filesystem } = openImage(image);
  const metadata = filesystem.metadataRanges({ offset: 0, length }, sharedFiles(image.filesystem));
  return Array.from(metadata, (range) => ({ offset: offset + range.offset, length: range.length }));
}

/** Bytes of shared files unpacked at most. Each spares the verification as many reads as another, so the small come first. */
const SHARED_BYTES = 8 * 1024 * 1024;

function sharedFiles({ plan, tree }: Filesystem): ReadonlySet<number> {
  const { entryOf, links } = plan.inodes;
  const shared: number[] = [];
  for (let inode = 1; inode < entryOf.length; inode++) {
    if (entryOf[inode] !== NO_ENTRY && links[inode] > 1 && isFile(tree, entryOf[inode])) {
      shared.push(inode);
    }
  }
  const sizeOf = (inode: number): number => tree.size[entryOf[inode]];
  shared.sort((a, b) => sizeOf(a) - sizeOf(b));
  let bytes = 0;
  return new Set(
    shared.filter((inode) => {
      bytes += sizeOf(inode);
      return bytes <= SHARED_BYTES;
    }),
  );
}

function isFile(tree: ImageTree, entry: number): boolean {
  return (tree.mode[entry] & MODE.typeMask) === MODE.regular;
}
