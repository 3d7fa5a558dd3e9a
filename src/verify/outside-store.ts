import { childrenOf, nameOf } from '../ext4/directory/children.ts';
import type { DirectoryEntry } from '../ext4/read/directory-block.ts';
import type { Inode } from '../ext4/read/inode.ts';
import type { Ext4Reader } from '../ext4/read/reader.ts';
import { printable } from '../text/printable.ts';
import { type ContentsReader, createContentsReader } from '../tree/contents.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { imagePathOf } from '../tree/paths.ts';
import { storeDirectoryOf } from '../tree/store-directory.ts';

/** What all is compared with. */
export interface OutsideStore {
  readonly tree: ImageTree;
  /** Time stamp of every inode, in seconds since 1970. */
  readonly time: number;
}

/**
 * Compares all that is not below /nix/store, of which Nix has no hash, with the tree that the image was made from:
 * names, types, permissions, owners, times, targets of symlinks, and every byte of every file with where it came from.
 * Throws naming the first thing that differs.
 */
export function compareOutsideStore(reader: Ext4Reader, { tree, time }: OutsideStore): void {
  const comparison: Comparison = {
    reader,
    tree,
    time,
    store: storeDirectoryOf(tree),
    contents: createContentsReader(tree),
  };
  try {
    const root = reader.lookup([]);
    if (root === undefined) {
      throw new Error('The image has no root directory.');
    }
    compareEntry(comparison, 0, root);
  } finally {
    comparison.contents.close();
  }
}

interface Comparison extends OutsideStore {
  readonly reader: Ext4Reader;
  readonly contents: ContentsReader;
  /** The entry of /nix/store: what is below has been verified by its hashes. */
  readonly store: number;
}

function compareEntry(comparison: Comparison, entry: number, inode: Inode): void {
  const { reader, tree, time } = comparison;
  expect(comparison, entry, 'type and permissions', tree.mode[entry].toString(8), inode.mode.toString(8));
  expect(comparison, entry, 'owner', `0:${tree.gid[entry]}`, `${inode.uid}:${inode.gid}`);
  for (const stamp of [inode.atime, inode.ctime, inode.mtime, inode.crtime]) {
    expect(comparison, entry, 'time stamp', `${time}`, `${stamp}`);
  }
  switch (inode.kind) {
    case 'directory':
      if (entry !== comparison.store) {
        compareDirectory(comparison, entry, inode);
      }
      break;
    case 'symlink': {
      const target = tree.targets.subarray(tree.targetStart[entry], tree.targetStart[entry] + tree.size[entry]);
      expect(comparison, entry, 'target', printable(target), printable(reader.symlink(inode)));
      break;
    }
    default:
      compareFile(comparison, entry, inode);
  }
}

function compareDirectory(comparison: Comparison, entry: number, inode: Inode): void {
  const { reader, tree } = comparison;
  const found = new Map<string, DirectoryEntry>();
  for (const child of reader.directory(inode)) {
    found.set(keyOf(child.name), child);
  }
  const children = childrenOf(tree, entry);
  for (const child of children) {
    const key = keyOf(nameOf(tree, child));
    const there = found.get(key);
    if (there === undefined) {
      throw new Error(`The image lacks ${imagePathOf(tree, child)}.`);
    }
    found.delete(key);
    compareEntry(comparison, child, reader.entryInode(there));
  }
  for (const { name } of found.values()) {
    const directory = imagePathOf(tree, entry).replace(/\/$/, '');
    throw new Error(`The image has ${directory}/${printable(name)}, which it was not given.`);
  }
}

function compareFile(comparison: Comparison, entry: number, inode: Inode): void {
  const { reader, tree, contents } = comparison;
  // Equal files share an inode within the store alone: these are meant to be changed.
  expect(comparison, entry, 'number of links', '1', `${inode.links}`);
  const file = reader.file(inode);
  expect(comparison, entry, 'size', `${tree.size[entry]}`, `${file.size}`);
  const source = Buffer.alloc(PIECE_BYTES);
  const image = Buffer.alloc(PIECE_BYTES);
  for (let position = 0; position < file.size; position += PIECE_BYTES) {
    const length = Math.min(PIECE_BYTES, file.size - position);
    contents.read(entry, position, source.subarray(0, length));
    file.read(position, image.subarray(0, length));
    if (source.compare(image, 0, length, 0, length) === 0) {
      continue;
    }
    const at = source.subarray(0, length).findIndex((byte, i) => byte !== image[i]);
    throw new Error(
      `${imagePathOf(tree, entry)} in the image differs from what it was made from, at byte ${position + at}: ` +
        'either that changed while the image was built, or the image is damaged.',
    );
  }
  if (!file.tailIsZero()) {
    throw new Error(`${imagePathOf(tree, entry)} has bytes other than zero after its end.`);
  }
}

const PIECE_BYTES = 256 * 1024;

function expect({ tree }: Comparison, entry: number, what: string, expected: string, found: string): void {
  if (expected === found) {
    return;
  }
  throw new Error(`${imagePathOf(tree, entry)} has the ${what} ${found} in the image; expected ${expected}.`);
}

/** Names are bytes; Latin-1 maps each byte to one character. */
function keyOf(name: Uint8Array): string {
  return Buffer.from(name).toString('latin1');
}
