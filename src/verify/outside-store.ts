import { firstDifference } from '../bytes/compare.ts';
import type { RandomAccess } from '../bytes/source.ts';
import { childrenOf, nameOf, pathOf } from '../ext4/directory/children.ts';
import { dataRuns } from '../ext4/plan/data-runs.ts';
import type { BlockRun } from '../ext4/plan/geometry.ts';
import type { DirectoryEntry } from '../ext4/read/directory-block.ts';
import type { Extent } from '../ext4/read/extents.ts';
import type { Inode } from '../ext4/read/inode.ts';
import type { Ext4Reader } from '../ext4/read/reader.ts';
import { printable } from '../text/printable.ts';
import { type ContentsReader, createContentsReader } from '../tree/contents.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { storeDirectoryOf } from '../tree/store/store-directory.ts';
import { imageMismatch, sourceChanged } from './verification-error.ts';

/** What the files outside the store are compared with. */
export interface OutsideStore {
  readonly tree: ImageTree;
  /** Time stamp of every inode, in seconds since 1970. */
  readonly time: number;
}

/**
 * Compares everything outside /nix/store, for which Nix has no hash, with the tree that the image was made from: names,
 * types, permissions, owners, times, symlink targets, the holes of every file, and every byte of it with its source. Throws
 * naming the first difference.
 */
export function compareOutsideStore(reader: Ext4Reader, { tree, time }: OutsideStore): void {
  using contents = createContentsReader(tree);
  const root = reader.lookup([]);
  if (root === undefined) {
    throw imageMismatch('The image has no root directory.');
  }
  compareEntry({ reader, tree, time, store: storeDirectoryOf(tree), contents }, 0, root);
}

interface Comparison extends OutsideStore {
  readonly reader: Ext4Reader;
  readonly contents: ContentsReader;
  /** The entry of /nix/store. What is below it is verified by its hashes. */
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
  for (const child of childrenOf(tree, entry)) {
    const key = keyOf(nameOf(tree, child));
    const foundChild = found.get(key);
    if (foundChild === undefined) {
      throw imageMismatch(`${pathOf(tree, child)} is missing in the image.`);
    }
    found.delete(key);
    compareEntry(comparison, child, reader.entryInode(foundChild));
  }
  for (const { name } of found.values()) {
    const directory = pathOf(tree, entry).replace(/\/$/, '');
    throw imageMismatch(`The image contains ${directory}/${printable(name)}, which is not part of it.`);
  }
}

function compareFile(comparison: Comparison, entry: number, inode: Inode): void {
  const { reader, tree, contents } = comparison;
  // Only files of the store share an inode: these files are meant to be changed.
  expect(comparison, entry, 'number of links', '1', `${inode.links}`);
  const file = reader.file(inode);
  const { size } = file;
  expect(comparison, entry, 'size', `${tree.size[entry]}`, `${size}`);
  compareHoles(comparison, entry, inode);
  const found: RandomAccess = { size, read: (target, position) => file.read(position, target) };
  const source: RandomAccess = { size, read: (target, position) => contents.read(entry, position, target) };
  const position = firstDifference(found, source, { offset: 0, length: size });
  if (position !== undefined) {
    throw contentsMismatch(tree, entry, position);
  }
  if (!file.tailIsZero()) {
    throw imageMismatch(`${pathOf(tree, entry)} has bytes other than zero after its end in the image.`);
  }
}

/** The bytes of a hole are zeros, as those of a block can be: a comparison of bytes cannot distinguish them. */
function compareHoles({ reader, tree }: Comparison, entry: number, inode: Inode): void {
  const expected = dataRuns(tree, entry);
  const found = runsOf(reader.extents(inode));
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    const [wanted, allocated] = [describe(expected.at(i)), describe(found.at(i))];
    if (wanted !== allocated) {
      throw imageMismatch(`${pathOf(tree, entry)} has ${allocated} allocated in the image; expected ${wanted}.`);
    }
  }
}

/** The runs of a file: several extents are one if no hole is between them. */
function runsOf(extents: Iterable<Extent>): readonly BlockRun[] {
  const runs: BlockRun[] = [];
  for (const { logical, length } of extents) {
    const last = runs.at(-1);
    if (last !== undefined && last.start + last.length === logical) {
      runs[runs.length - 1] = { start: last.start, length: last.length + length };
    } else {
      runs.push({ start: logical, length });
    }
  }
  return runs;
}

function describe(run: BlockRun | undefined): string {
  return run === undefined ? 'no further blocks' : `blocks ${run.start} to ${run.start + run.length - 1}`;
}

/** A file of this machine can have changed since it was read; what was generated cannot. */
function contentsMismatch(tree: ImageTree, entry: number, position: number): Error {
  const path = pathOf(tree, entry);
  if (tree.origins[tree.origin[entry]].kind === 'generated') {
    return imageMismatch(`${path} in the image differs from what was written, at byte ${position}.`);
  }
  return imageMismatch(
    `${path} in the image differs from its source, at byte ${position}: either the source changed while the image was ` +
      'built, or the image was damaged.',
    { remedy: sourceChanged('root-files') },
  );
}

function expect({ tree }: Comparison, entry: number, what: string, expected: string, found: string): void {
  if (expected !== found) {
    throw imageMismatch(`${pathOf(tree, entry)} has the ${what} ${found} in the image; expected ${expected}.`);
  }
}

/** Names are bytes; Latin-1 maps each byte to one character. */
function keyOf(name: Uint8Array): string {
  return Buffer.from(name).toString('latin1');
}
