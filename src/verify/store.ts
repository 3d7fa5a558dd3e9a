import type { DirectoryEntry } from '../ext4/read/directory-block.ts';
import type { FileContents } from '../ext4/read/file.ts';
import type { Inode } from '../ext4/read/inode.ts';
import type { Ext4Reader } from '../ext4/read/reader.ts';
import { hashNar, type NarEntry, type NarNode, type NarRegular } from '../nix/nar.ts';
import { createSinkBuffer } from '../nix/nar-sink.ts';
import { printable } from '../text/printable.ts';

/** What every inode of the store must be, beside what its Nix archive says. */
export interface StoreAttributes {
  readonly gid: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** What an image says of its store: the names in /nix/store, and the contents of /nix-path-registration. */
export interface StoreListing {
  readonly names: readonly string[];
  readonly registration: Uint8Array;
}

/** The hash of a store path as it stands in the image, or why there is none. */
export interface ImageHash {
  readonly name: string;
  readonly hash?: Uint8Array;
  readonly size?: number;
  readonly problem?: string;
}

/** Reads the list of store paths and the registration. Throws where the image lacks either. */
export function listStore(reader: Ext4Reader): StoreListing {
  const names = [...reader.directory(storeDirectory(reader))].map((entry) => printable(entry.name)).sort();
  const file = reader.lookup([Buffer.from('nix-path-registration')]);
  if (file === undefined) {
    throw new Error('The image has no file /nix-path-registration.');
  }
  const contents = reader.file(file);
  const registration = Buffer.alloc(contents.size);
  contents.read(0, registration);
  if (!contents.tailIsZero()) {
    throw new Error('/nix-path-registration has bytes other than zero after its end.');
  }
  return { names, registration };
}

/** Hashes store paths of the image as Nix would. What keeps one from being read is given, not thrown. */
export function hashStorePaths(
  reader: Ext4Reader,
  names: readonly string[],
  attributes: StoreAttributes,
): readonly ImageHash[] {
  const find = storePathFinder(reader);
  const buffer = createSinkBuffer();
  return names.map((name) => {
    try {
      return { name, ...hashNar(narNodeOfInode(reader, find(name), attributes, `/nix/store/${name}`), buffer) };
    } catch (error) {
      return { name, problem: error instanceof Error ? error.message : String(error) };
    }
  });
}

/**
 * A store path of the image as a Nix archive holds it. What an archive does not hold is checked on the way: owner,
 * group, permissions and times of every inode, and that nothing stands after the end of a file in its last block.
 */
export function narNodeOfStorePath(reader: Ext4Reader, name: string, attributes: StoreAttributes): NarNode {
  return narNodeOfInode(reader, storePathFinder(reader)(name), attributes, `/nix/store/${name}`);
}

/** Finds store paths by their names. The directory is read once: it may have thousands. */
function storePathFinder(reader: Ext4Reader): (name: string) => Inode {
  let entries: ReadonlyMap<string, DirectoryEntry> | undefined;
  return (name) => {
    entries ??= new Map(Array.from(reader.directory(storeDirectory(reader)), (entry) => [`${entry.name}`, entry]));
    const entry = entries.get(name);
    if (entry === undefined) {
      throw new Error(`The image has no /nix/store/${name}.`);
    }
    return reader.entryInode(entry);
  };
}

const STORE = [Buffer.from('nix'), Buffer.from('store')];

function storeDirectory(reader: Ext4Reader): Inode {
  const directory = reader.lookup(STORE);
  if (directory?.kind === 'directory') {
    return directory;
  }
  throw new Error('The image has no directory /nix/store.');
}

function narNodeOfInode(reader: Ext4Reader, inode: Inode, attributes: StoreAttributes, path: string): NarNode {
  checkAttributes(inode, attributes, path);
  switch (inode.kind) {
    case 'file':
      return { type: 'regular', executable: (inode.mode & 0o111) !== 0, ...contentsOf(reader.file(inode), path) };
    case 'symlink':
      return { type: 'symlink', target: reader.symlink(inode) };
    case 'directory':
      return { type: 'directory', entries: () => entriesOf(reader, inode, attributes, path) };
    default:
      throw new Error(`${path} has inode ${inode.number}, which is not in use.`);
  }
}

/** Reads a file from front to back; the bytes after its end are looked at when the last of it has been read. */
function contentsOf(file: FileContents, path: string): Pick<NarRegular, 'size' | 'read'> {
  return {
    size: file.size,
    read(position, target) {
      file.read(position, target);
      if (position + target.length === file.size && !file.tailIsZero()) {
        throw new Error(`${path} has bytes other than zero after its end.`);
      }
    },
  };
}

function entriesOf(
  reader: Ext4Reader,
  directory: Inode,
  attributes: StoreAttributes,
  path: string,
): readonly NarEntry[] {
  return [...reader.directory(directory)]
    .sort((a, b) => Buffer.compare(a.name, b.name))
    .map((entry) => ({
      name: entry.name,
      node: () => narNodeOfInode(reader, reader.entryInode(entry), attributes, `${path}/${printable(entry.name)}`),
    }));
}

function checkAttributes(inode: Inode, { gid, time }: StoreAttributes, path: string): void {
  const permissions = inode.mode & 0o7777;
  const expected = PERMISSIONS[inode.kind];
  if (!expected.includes(permissions)) {
    const list = expected.map((mode) => mode.toString(8)).join(' or ');
    throw new Error(`${path} has permissions ${permissions.toString(8)}; expected ${list}.`);
  }
  if (inode.uid !== 0 || inode.gid !== gid) {
    throw new Error(`${path} belongs to ${inode.uid}:${inode.gid}; expected 0:${gid}.`);
  }
  if ([inode.atime, inode.ctime, inode.mtime, inode.crtime].some((stamp) => stamp !== time)) {
    throw new Error(`${path} has a time stamp other than ${time}.`);
  }
}

const PERMISSIONS: Readonly<Record<Inode['kind'], readonly number[]>> = {
  file: [0o444, 0o555],
  directory: [0o555],
  symlink: [0o777],
  none: [],
};
