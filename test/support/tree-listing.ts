import { createHash } from 'node:crypto';
import { type BigIntStats, closeSync, lstatSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs';

export type EntryType = 'file' | 'directory' | 'symlink' | 'other';

/** Everything that a filesystem reports about one entry of a tree. */
export interface TreeEntry {
  /** Below the root of the tree, bytes as they are on disk; empty for the root itself. */
  readonly path: Buffer;
  readonly type: EntryType;
  /** The twelve permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Time stamps, nanoseconds since 1970. */
  readonly mtime: bigint;
  readonly atime: bigint;
  readonly ctime: bigint;
  /** Bytes. */
  readonly size: number;
  /** Target of a symlink. */
  readonly target?: Buffer;
  readonly inode: bigint;
  readonly links: number;
  /** SHA-256 of a file's contents, hex. */
  readonly sha256?: string;
}

export interface ListingOptions {
  /** Paths below the root that are left out, with all below them ("lost+found"). */
  readonly skip?: readonly string[];
  /** Whether files are read and hashed; true if left out. */
  readonly contents?: boolean;
}

/**
 * Lists a tree, its root included, sorted by the bytes of the path. Access times are those from before the listing, which changes them
 * where the tree is not mounted read-only.
 */
export function listTree(root: string | Buffer, { skip = [], contents = true }: ListingOptions = {}): TreeEntry[] {
  const base = Buffer.from(root);
  const skipped = new Set(skip);
  const entries: TreeEntry[] = [];
  const visit = (path: Buffer): void => {
    const place = path.length === 0 ? base : joinPath(base, path);
    const entry = readEntry(path, place, contents);
    entries.push(entry);
    if (entry.type !== 'directory') {
      return;
    }
    for (const name of readdirSync(place, { encoding: 'buffer' })) {
      const below = path.length === 0 ? name : joinPath(path, name);
      if (skipped.size === 0 || !skipped.has(below.toString())) {
        visit(below);
      }
    }
  };
  visit(Buffer.alloc(0));
  return entries.sort((a, b) => Buffer.compare(a.path, b.path));
}

function readEntry(path: Buffer, place: Buffer, contents: boolean): TreeEntry {
  const status = lstatSync(place, { bigint: true });
  const type = typeOf(status);
  return {
    path,
    type,
    mode: Number(status.mode & 0o7777n),
    uid: Number(status.uid),
    gid: Number(status.gid),
    mtime: status.mtimeNs,
    atime: status.atimeNs,
    ctime: status.ctimeNs,
    size: Number(status.size),
    inode: status.ino,
    links: Number(status.nlink),
    ...(type === 'symlink' ? { target: readlinkSync(place, { encoding: 'buffer' }) } : {}),
    ...(type === 'file' && contents ? { sha256: hashFile(place) } : {}),
  };
}

function typeOf(status: BigIntStats): EntryType {
  if (status.isFile()) {
    return 'file';
  }
  if (status.isDirectory()) {
    return 'directory';
  }
  return status.isSymbolicLink() ? 'symlink' : 'other';
}

const chunk = Buffer.allocUnsafe(1 << 20);

function hashFile(place: Buffer): string {
  const hash = createHash('sha256');
  const file = openSync(place, 'r');
  try {
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
  } finally {
    closeSync(file);
  }
  return hash.digest('hex');
}

function joinPath(directory: Buffer, name: Buffer): Buffer {
  return Buffer.concat([directory, Buffer.from('/'), name]);
}
