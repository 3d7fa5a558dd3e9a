import type { RandomAccess } from '../../bytes/source.ts';
import { INODE } from '../format/constants.ts';
import { readDirectory } from './directory.ts';
import type { DirectoryEntry } from './directory-block.ts';
import { type Extent, walkExtents } from './extents.ts';
import { type FileContents, openFile } from './file.ts';
import { Ext4FormatError } from './format-error.ts';
import { decodeInode, type Inode } from './inode.ts';
import { openInodeTable } from './inode-table.ts';
import { readSymlink } from './symlink.ts';
import { openVolume, type Volume } from './volume/volume.ts';

/**
 * A reader of the filesystems that this project writes. It shares no code with the writer, so that it does not repeat the
 * writer's errors, and trusts nothing in an image: whatever the bytes are, every method either succeeds or throws an
 * `Ext4FormatError`, in time and memory that are bounded by the size of the filesystem.
 */
export interface Ext4Reader extends Volume {
  /** Decodes an inode and verifies its checksum. */
  inode(number: number): Inode;
  /** The 256 bytes of an inode, which are valid until the next call of this or of `inode`. */
  rawInode(number: number): Uint8Array;
  /** The entries of a directory except '.' and '..', in the order of its blocks. Errors are thrown during the iteration. */
  directory(inode: Inode): Iterable<DirectoryEntry>;
  /** Decodes the inode of an entry, and checks that it has the type of the entry. */
  entryInode(entry: DirectoryEntry): Inode;
  /** Opens a regular file. */
  file(inode: Inode): FileContents;
  /** The extents of an inode with an extent tree, in the order of the file. */
  extents(inode: Inode): Iterable<Extent>;
  /** The target of a symlink. */
  symlink(inode: Inode): Buffer;
  /** The inode at a path from the root; `undefined` if there is none. Does not follow symlinks. */
  lookup(path: Iterable<Uint8Array>): Inode | undefined;
}

/**
 * Opens the filesystem at the start of a source. Throws an `Ext4FormatError` if it does not have the parameters that this
 * project uses, or does not fit into the source.
 */
export function openExt4(source: RandomAccess): Ext4Reader {
  const volume = openVolume(source);
  const rawInode = openInodeTable(volume);
  const inode = (number: number): Inode => decodeInode(rawInode(number), number, volume.superblock.checksumSeed);

  const entryInode = (entry: DirectoryEntry): Inode => {
    const found = inode(entry.inode);
    checkType(entry, found);
    return found;
  };
  const child = (directory: Inode, name: Uint8Array): Inode | undefined => {
    for (const entry of readDirectory(volume, directory)) {
      if (entry.name.equals(name)) {
        return entryInode(entry);
      }
    }
    return undefined;
  };

  return {
    ...volume,
    inode,
    rawInode,
    directory: (directory) => readDirectory(volume, directory),
    entryInode,
    file: (file) => openFile(volume, file),
    extents: (owner) => walkExtents(volume, owner),
    symlink: (link) => readSymlink(volume, link),
    lookup(path) {
      let found: Inode | undefined = inode(INODE.root);
      for (const name of path) {
        if (found?.kind !== 'directory') {
          return undefined;
        }
        found = child(found, name);
      }
      return found;
    },
  };
}

function checkType({ inode, type }: DirectoryEntry, { kind }: Inode): void {
  if (kind !== type) {
    throw new Ext4FormatError({
      structure: 'directory',
      place: `the entry of inode ${inode}`,
      expected: `the type ${kind}`,
      found: type,
    });
  }
}
