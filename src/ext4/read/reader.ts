import type { RandomAccess } from '../../bytes/source.ts';
import { INODE } from '../format/constants.ts';
import { readDirectory } from './directory.ts';
import type { DirectoryEntry } from './directory-block.ts';
import { type Extent, walkExtents } from './extents.ts';
import { type FileContents, openFile } from './file.ts';
import { formatError } from './format-error.ts';
import { decodeInode, type Inode } from './inode.ts';
import { openInodeTable } from './inode-table.ts';
import { readSymlink } from './symlink.ts';
import { openVolume, type Volume } from './volume/volume.ts';

/**
 * A reader of the filesystems that this project writes, made without the writer's code so that it can bear witness.
 * Nothing in an image is believed: every method throws a format error (`isFormatError`) where the bytes break a rule,
 * whatever they are, within a time and memory bounded by the size of the filesystem.
 */
export interface Ext4Reader extends Volume {
  /** Decodes an inode, its checksum verified. */
  inode(number: number): Inode;
  /** The 256 bytes of an inode as they stand; they hold until the next call of this or of `inode`. */
  rawInode(number: number): Uint8Array;
  /** The entries of a directory but '.' and '..', in the order of the disk. Errors come while it is iterated. */
  directory(inode: Inode): Iterable<DirectoryEntry>;
  /** Decodes the inode of an entry, which must be of the type that the entry tells. */
  entryInode(entry: DirectoryEntry): Inode;
  /** Opens a regular file. */
  file(inode: Inode): FileContents;
  /** The extents of any inode with an extent tree, in the order of the file. */
  extents(inode: Inode): Iterable<Extent>;
  /** The target of a symlink. */
  symlink(inode: Inode): Buffer;
  /** The inode at a path from the root, symlinks not followed; undefined when there is none. */
  lookup(path: Iterable<Uint8Array>): Inode | undefined;
}

/**
 * Opens the filesystem at the start of a source. Throws a format error when it is not one of this project's profile,
 * or does not fit into the source.
 */
export function openExt4(source: RandomAccess): Ext4Reader {
  const volume = openVolume(source);
  const rawInode = openInodeTable(volume);
  const inode = (number: number): Inode => decodeInode(rawInode(number), number, volume.superblock.checksumSeed);

  const entryInode = ({ inode: number, type }: DirectoryEntry): Inode => {
    const found = inode(number);
    if (found.kind === type) {
      return found;
    }
    throw formatError({
      structure: 'directory',
      place: `the entry of inode ${number}`,
      expected: `an entry for a ${found.kind}`,
      found: `one for a ${type}`,
    });
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
