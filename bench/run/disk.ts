import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** st_blocks counts in units of 512 bytes, whatever the filesystem's blocks are (stat(2) of Linux). */
const UNIT = 512;

/** Bytes on disk of the files in some directories; directories in them are not entered. Quick, for it is asked often. */
export function filesOnDisk(directories: readonly string[]): number {
  let bytes = 0;
  for (const directory of directories) {
    for (const name of namesIn(directory)) {
      const stats = lstatSync(join(directory, name), { throwIfNoEntry: false });
      if (stats?.isFile()) {
        bytes += stats.blocks * UNIT;
      }
    }
  }
  return bytes;
}

/** Bytes on disk of a directory and all below it; files with several names count once. */
export function treeOnDisk(directory: string): number {
  const seen = new Set<number>();
  let bytes = 0;
  const visit = (path: string): void => {
    const stats = lstatSync(path);
    if (seen.has(stats.ino)) {
      return;
    }
    seen.add(stats.ino);
    bytes += stats.blocks * UNIT;
    if (stats.isDirectory()) {
      for (const name of readdirSync(path)) {
        visit(join(path, name));
      }
    }
  };
  visit(directory);
  return bytes;
}

/** Length of a file, and what it takes on disk: less, where it has holes. */
export function fileSizes(path: string): { readonly bytes: number; readonly diskBytes: number } {
  const stats = lstatSync(path);
  return { bytes: stats.size, diskBytes: stats.blocks * UNIT };
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    // Not made yet, or removed already.
    return [];
  }
}
