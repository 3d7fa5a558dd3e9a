import { UserError } from '../errors/user-error.ts';
import type { DirectoryEntry } from '../ext4/read/directory-block.ts';
import type { FileContents } from '../ext4/read/file.ts';
import type { Inode } from '../ext4/read/inode.ts';
import type { Ext4Reader } from '../ext4/read/reader.ts';
import { hashNar, type NarEntry, type NarNode, type NarRegular } from '../nix/nar/nar.ts';
import { createSinkBuffer } from '../nix/nar/sink.ts';
import { printable } from '../text/printable.ts';
import { imageMismatch, isSystemError } from './verification-error.ts';

/** What every inode of the store must have, besides what its Nix archive says. */
export interface StoreAttributes {
  readonly gid: number;
  /** Seconds since 1970. */
  readonly time: number;
}

/** What an image says about its store. */
export interface StoreListing {
  /** The names in /nix/store, ascending, safe to print. */
  readonly names: readonly string[];
  /** The contents of /nix-path-registration. */
  readonly registration: Uint8Array;
}

/** What was found of a store path in an image: the hash and size of its Nix archive, or why it has none. */
export type FoundStorePath =
  | { readonly kind: 'hashed'; readonly hash: Uint8Array; readonly size: number }
  | { readonly kind: 'faulty'; readonly problem: string };

/** Reads the list of store paths and the registration. Throws if the image lacks either. */
export function listStore(reader: Ext4Reader): StoreListing {
  const names = Array.from(reader.directory(storeDirectory(reader)), ({ name }) => printable(name)).sort();
  return { names, registration: readWholeFile(reader, '/nix-path-registration') };
}

/** Reads a file of an image. Throws if it is missing, or has bytes other than zero after its end. */
export function readWholeFile(reader: Ext4Reader, path: string): Buffer {
  const names = path.slice(1).split('/');
  const file = reader.lookup(names.map((name) => Buffer.from(name)));
  if (file === undefined) {
    throw imageMismatch(`${path} is missing in the image.`);
  }
  const contents = reader.file(file);
  const bytes = Buffer.alloc(contents.size);
  contents.read(0, bytes);
  if (!contents.tailIsZero()) {
    throw imageMismatch(`${path} has bytes other than zero after its end in the image.`);
  }
  return bytes;
}

/**
 * Hashes store paths of the image as Nix would, in the order of their names. Bytes that break a rule make that store path
 * `faulty`; an error of reading the file is thrown.
 */
export function hashStorePaths(
  reader: Ext4Reader,
  names: readonly string[],
  attributes: StoreAttributes,
): readonly FoundStorePath[] {
  const find = storePathFinder(reader);
  const buffer = createSinkBuffer();
  return names.map((name) => {
    try {
      const node = narNodeOfInode(reader, find(name), attributes, `/nix/store/${name}`);
      return { kind: 'hashed', ...hashNar(node, buffer) };
    } catch (error) {
      if (error instanceof UserError || isSystemError(error)) {
        throw error;
      }
      return { kind: 'faulty', problem: error instanceof Error ? error.message : String(error) };
    }
  });
}

/**
 * A store path of the image as a Nix archive holds it. Reading it also checks what an archive does not hold: owner, group,
 * permissions and times of every inode, and that the last block of a file is zero after its end.
 */
export function narNodeOfStorePath(reader: Ext4Reader, name: string, attributes: StoreAttributes): NarNode {
  return narNodeOfInode(reader, storePathFinder(reader)(name), attributes, `/nix/store/${name}`);
}

/** Finds store paths by their names. Reads /nix/store once, because it can have thousands of entries. */
function storePathFinder(reader: Ext4Reader): (name: string) => Inode {
  let entries: ReadonlyMap<string, DirectoryEntry> | undefined;
  return (name) => {
    entries ??= new Map(Array.from(reader.directory(storeDirectory(reader)), (entry) => [`${entry.name}`, entry]));
    const entry = entries.get(name);
    if (entry === undefined) {
      throw new Error('it is missing');
    }
    return reader.entryInode(entry);
  };
}

const STORE = [Buffer.from('nix'), Buffer.from('store')];

function storeDirectory(reader: Ext4Reader): Inode {
  const directory = reader.lookup(STORE);
  if (directory?.kind !== 'directory') {
    throw imageMismatch('The image has no directory /nix/store.');
  }
  return directory;
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
      throw new Error(`${path} has inode ${inode.number}, which is not in use`);
  }
}

/** The contents of a file. The bytes after its end are checked together with the last of them. */
function contentsOf(file: FileContents, path: string): Pick<NarRegular, 'size' | 'read'> {
  return {
    size: file.size,
    read(position, target) {
      file.read(position, target);
      if (position + target.length === file.size && !file.tailIsZero()) {
        throw new Error(`${path} has bytes other than zero after its end`);
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
    throw new Error(`${path} has permissions ${permissions.toString(8)}; expected ${list}`);
  }
  if (inode.uid !== 0 || inode.gid !== gid) {
    throw new Error(`${path} has owner ${inode.uid}:${inode.gid}; expected 0:${gid}`);
  }
  if ([inode.atime, inode.ctime, inode.mtime, inode.crtime].some((stamp) => stamp !== time)) {
    throw new Error(`${path} has a time stamp other than ${time}`);
  }
}

const PERMISSIONS: Readonly<Record<Inode['kind'], readonly number[]>> = {
  file: [0o444, 0o555],
  directory: [0o555],
  symlink: [0o777],
  none: [],
};
