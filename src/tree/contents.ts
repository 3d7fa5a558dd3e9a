import { closeSync, constants, openSync, readSync } from 'node:fs';
import type { ReadContents } from '../ext4/tree.ts';
import type { ImageTree } from './image-tree.ts';
import { hostPathOf, imagePathOf } from './paths.ts';

export interface ContentsReader {
  readonly read: ReadContents;
  /** Closes the file that was read last. */
  close(): void;
}

/**
 * Reads the contents of a tree's files from where they come from. A file that cannot be opened, or that has become
 * shorter since it was scanned, is an error naming it. The last file stays open: large ones are read in pieces.
 */
export function createContentsReader(tree: ImageTree): ContentsReader {
  let openEntry = -1;
  let descriptor = -1;
  const hostPath = hostPathOf(tree);

  const close = (): void => {
    if (descriptor >= 0) closeSync(descriptor);
    descriptor = -1;
    openEntry = -1;
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
        close();
        descriptor = openFile(tree, entry, hostPath(entry));
        openEntry = entry;
      }
      for (let done = 0; done < target.length; ) {
        const count = readSync(descriptor, target, done, target.length - done, position + done);
        if (count === 0) throw shortened(tree, entry, position + done);
        done += count;
      }
      if (position + target.length === tree.size[entry]) close();
    },
  };
}

function openFile(tree: ImageTree, entry: number, path: Buffer): number {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (cause) {
    throw new Error(
      `${imagePathOf(tree, entry)} cannot be read from the store any more, though it was there when the image was planned. ` +
        'Keep the store as it is (no garbage collection) while the image is built, and run the step again.',
      { cause },
    );
  }
}

function shortened(tree: ImageTree, entry: number, found: number): Error {
  return new Error(
    `${imagePathOf(tree, entry)} has become shorter while the image was built: ${tree.size[entry]} bytes were expected, ` +
      `${found} found. Store paths never change; check the disk, then repair the path with nix-store --repair-path.`,
  );
}
