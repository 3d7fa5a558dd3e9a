import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import type { ReadContents } from '../ext4/tree.ts';
import { changedError, unreadableError } from './changed.ts';
import type { ImageTree } from './image-tree.ts';
import { hostPathOf } from './paths.ts';

export interface ContentsReader {
  readonly read: ReadContents;
  /** Closes the file that was read last. */
  close(): void;
}

/**
 * Reads the contents of a tree's files from where they come from. A file that cannot be opened, or is no longer what
 * was scanned, is an error naming it. The last file stays open: large ones are read in pieces.
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
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) {
      throw changedError(tree, entry, 'was a file and is none any more');
    }
    if (stats.size !== tree.size[entry]) {
      throw changedError(tree, entry, `had ${tree.size[entry]} bytes and has ${stats.size} now`);
    }
    openEntry = entry;
  };

  return {
    close,
    read(entry, position, target) {
      const origin = tree.origins[tree.origin[entry]];
      if (origin.kind === 'generated') {
        target.set(origin.contents.subarray(position, position + target.length));
        return;
      }
      if (openEntry !== entry) {
        open(entry);
      }
      for (let done = 0; done < target.length; ) {
        const count = readPiece(tree, entry, descriptor, target.subarray(done), position + done);
        if (count === 0) {
          throw changedError(tree, entry, `had ${tree.size[entry]} bytes and ends at byte ${position + done} now`);
        }
        done += count;
      }
      if (position + target.length === tree.size[entry]) {
        close();
      }
    },
  };
}

/** Links are not followed. A named pipe that took the place of a file would keep the thread waiting if it could. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

function openFile(tree: ImageTree, entry: number, path: Buffer): number {
  try {
    return openSync(path, FLAGS);
  } catch (cause) {
    throw unreadableError(tree, entry, cause);
  }
}

function readPiece(tree: ImageTree, entry: number, descriptor: number, target: Uint8Array, position: number): number {
  try {
    return readSync(descriptor, target, 0, target.length, position);
  } catch (cause) {
    throw unreadableError(tree, entry, cause);
  }
}
