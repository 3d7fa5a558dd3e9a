import { closeSync, readSync } from 'node:fs';
import { nameOf, pathOf } from '../ext4/directory/children.ts';
import type { FileTree, ReadContents } from '../ext4/tree.ts';
import { changeOf } from '../host/identity.ts';
import { openFile, openWithoutLinks } from '../host/open.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import type { HostOrigin, ImageTree } from './image-tree.ts';
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
    descriptor = openEntryFile(tree, entry, hostPath(entry));
    openEntry = entry;
    checkUnchanged(tree, entry, descriptor);
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
        if (origin.identity !== undefined) {
          checkUnchanged(tree, entry, descriptor);
        }
        close();
      }
    },
  };
}

/** Nobody but Nix writes to the store; in the directories of root-files, links are not followed at any level. */
function openEntryFile(tree: ImageTree, entry: number, path: Buffer): number {
  try {
    return identityOfEntry(tree, entry) === undefined ? openFile(path) : openWithoutLinks(path, STORE_DIRECTORY);
  } catch (cause) {
    throw unreadableEntryError(tree, entry, cause);
  }
}

function checkUnchanged(tree: ImageTree, entry: number, descriptor: number): void {
  const how = changeOf(descriptor, identityOfEntry(tree, entry) ?? { size: tree.size[entry] });
  if (how !== undefined) {
    throw changedEntryError(tree, entry, how);
  }
}

function identityOfEntry(tree: ImageTree, entry: number): HostOrigin['identity'] {
  const origin = tree.origins[tree.origin[entry]];
  return origin.kind === 'host' ? origin.identity : undefined;
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
