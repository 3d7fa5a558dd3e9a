import { createHash } from 'node:crypto';
import type { SampleContents } from './image-contents.ts';
import { type Sample, type SampleNode, sortedChildren } from './image-sample.ts';
import { type Aspect, compareTrees } from './tree-comparison.ts';
import type { TreeEntry } from './tree-listing.ts';

/**
 * Compares a listing of a mounted image with the sample that went in, and reports each difference in a line. Left out are only the numbers
 * of inodes, of which there are no right ones, and how long directories are, which is up to the filesystem.
 */
export function differences(
  sample: Sample,
  found: readonly TreeEntry[],
  options: ExpectedOptions = { time: 1 },
): readonly string[] {
  const ignore: readonly Aspect[] = [
    'directorySize',
    'inode',
    ...(options.contents === false ? ['contents' as const] : []),
  ];
  return compareTrees(expectedListing(sample, options), found, { ignore, ignoreAt: NOWHERE });
}

/** Without a prototype: a file may have the name of one of its methods. */
const NOWHERE: Readonly<Record<string, readonly Aspect[]>> = Object.create(null);

export interface ExpectedOptions {
  /** Every time stamp, seconds since 1970. */
  readonly time: number;
  /** Whether contents are read and hashed; true if left out. */
  readonly contents?: boolean;
}

/** What a listing of a mounted sample must show. Sizes of directories are left at 0: they are the filesystem's affair. */
export function expectedListing(sample: Sample, { time, contents = true }: ExpectedOptions): TreeEntry[] {
  const stamp = BigInt(time) * 1_000_000_000n;
  const entries: TreeEntry[] = [];
  const names = countNames(sample);
  const inodes = new Map<SampleNode, bigint>();
  const hashes = new Map<SampleContents, string>();
  const visit = (node: SampleNode, path: Buffer): void => {
    const inode = inodes.get(node) ?? BigInt(entries.length + 1);
    if (node.kind === 'file') {
      inodes.set(node, inode);
    }
    entries.push({
      path,
      type: node.kind === 'directory' ? 'directory' : node.kind,
      mode: node.kind === 'symlink' ? 0o777 : node.mode,
      uid: 0,
      gid: node.gid,
      mtime: stamp,
      atime: stamp,
      ctime: stamp,
      size: node.kind === 'file' ? node.contents.size : node.kind === 'symlink' ? node.target.length : 0,
      inode,
      links:
        node.kind === 'directory' ? directoryLinks(node.children) : node.kind === 'file' ? (names.get(node) ?? 0) : 1,
      ...(node.kind === 'symlink' ? { target: Buffer.from(node.target) } : {}),
      ...(node.kind === 'file' && contents ? { sha256: hashOnce(hashes, node.contents) } : {}),
    });
    if (node.kind !== 'directory') {
      return;
    }
    for (const [name, child] of sortedChildren(node)) {
      visit(child, path.length === 0 ? name : Buffer.concat([path, SLASH, name]));
    }
  };
  visit(sample.root, Buffer.alloc(0));
  return entries.sort((a, b) => Buffer.compare(a.path, b.path));
}

const SLASH = Buffer.from('/');

/** A directory has a name, '.' and a '..' in each subfolder; 1 stands for more than 65,000 (dir_nlink). */
function directoryLinks(children: readonly (readonly [unknown, SampleNode])[]): number {
  const links = 2 + children.filter(([, child]) => child.kind === 'directory').length;
  return links > 65_000 ? 1 : links;
}

function countNames(sample: Sample): Map<SampleNode, number> {
  const names = new Map<SampleNode, number>();
  for (const node of sample.nodes) {
    names.set(node, (names.get(node) ?? 0) + 1);
  }
  return names;
}

function hashOnce(hashes: Map<SampleContents, string>, contents: SampleContents): string {
  const known = hashes.get(contents);
  if (known !== undefined) {
    return known;
  }
  const hash = createHash('sha256');
  const piece = Buffer.alloc(Math.min(contents.size, 1 << 20));
  for (let position = 0; position < contents.size; position += piece.length) {
    const bytes = piece.subarray(0, Math.min(piece.length, contents.size - position));
    contents.read(position, bytes);
    hash.update(bytes);
  }
  const digest = hash.digest('hex');
  hashes.set(contents, digest);
  return digest;
}
