import { closeSync, constants, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import type { ReadContents } from '../ext4/tree.ts';
import type { ImageTree } from './image-tree.ts';
import { hostPathOf } from './paths.ts';
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
