import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { nameOf, pathOf } from '../ext4/directory/children.ts';
import type { FileTree, ReadContents } from '../ext4/tree.ts';
import type { ImageTree } from './image-tree.ts';
import { changedEntryError, unreadableEntryError } from './source-error.ts';

export interface ContentsReader extends Disposable {
  readonly read: ReadContents;
  /** Closes the file that was read last. Reading may go on. */
  close(): void;
}

/**
 * Reads the contents of a tree's files from their origins. Reading throws a `UserError` that names a file which cannot be
 * opened, or is no longer what was scanned. The last file stays open, because large ones are read in pieces.
 */
export function createContentsReader(tree: ImageTree): ContentsReader {
  let openEntry = -1;
  let descriptor = -1;
  const hostPath = hostPathOf(tree);

  const close = (): void => {
    if (descriptor >= 0) {
      closeSync(descriptor);
    }
    descriptor = -1;
    openEntry = -1;
  };

  const open = (entry: number): void => {
    close();
    descriptor = openFile(tree, entry, hostPath(entry));
    checkUnchanged(tree, entry, fstatSync(descriptor));
    openEntry = entry;
  };

  const readPiece = (target: Uint8Array, position: number): number => {
    try {
      return readSync(descriptor, target, 0, target.length, position);
    } catch (cause) {
      throw unreadableEntryError(tree, openEntry, cause);
    }
  };

  return {
    close,
    [Symbol.dispose]: close,
    read(entry, position, target) {
      const origin = tree.origins[tree.origin[entry]];
      if (origin.kind === 'generated') {
        target.set(origin.contents.subarray(position, position + target.length));
        return;
      }
      if (openEntry !== entry) {
        open(entry);
      }
      let done = 0;
      while (done < target.length) {
        const count = readPiece(target.subarray(done), position + done);
        if (count === 0) {
          throw changedEntryError(tree, entry, `had ${tree.size[entry]} bytes and now ends at byte ${position + done}`);
        }
        done += count;
      }
      if (position + target.length === tree.size[entry]) {
        close();
      }
    },
  };
}

/** Symlinks are not followed. A named pipe that replaced a file must not block the thread. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function openFile(tree: ImageTree, entry: number, path: Buffer): number {
  try {
    return openSync(path, FLAGS);
  } catch (cause) {
    throw unreadableEntryError(tree, entry, cause);
  }
}

function checkUnchanged(tree: ImageTree, entry: number, stats: Stats): void {
  if (!stats.isFile()) {
    throw changedEntryError(tree, entry, 'is no longer a regular file');
  }
  if (stats.size !== tree.size[entry]) {
    throw changedEntryError(tree, entry, `had ${tree.size[entry]} bytes and now has ${stats.size}`);
  }
}

/**
 * Returns a function from an entry that comes from this machine to its path here, as bytes. It keeps the path of the last
 * directory, since callers request entries of the same directory in a row.
 */
export function hostPathOf(tree: ImageTree): (entry: number) => Buffer {
  let lastDirectory = -1;
  let lastPrefix = Buffer.alloc(0);
  return (entry) => {
    const origin = tree.origins[tree.origin[entry]];
    if (origin.kind !== 'host') {
      throw new Error(`${pathOf(tree, entry)} does not come from a file of this machine.`);
    }
    if (origin.at === entry) {
      return Buffer.from(origin.path);
    }
    const directory = tree.parent[entry];
    if (directory !== lastDirectory) {
      lastPrefix = prefixOf(tree, directory, origin.at, origin.path);
      lastDirectory = directory;
    }
    return Buffer.concat([lastPrefix, nameOf(tree, entry)]);
  };
}

const SLASH = Buffer.from('/');

function prefixOf(tree: FileTree, directory: number, top: number, topPath: Uint8Array): Buffer<ArrayBuffer> {
  const pieces: Uint8Array[] = [SLASH];
  for (let at = directory; at !== top; at = tree.parent[at]) {
    pieces.unshift(SLASH, nameOf(tree, at));
  }
  return Buffer.concat([topPath, ...pieces]);
}
