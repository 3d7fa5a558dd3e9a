import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** st_blocks counts in units of 512 bytes, whatever the filesystem's blocks are (stat(2) of Linux). */
const UNIT = 512;

/** Bytes on disk of the files in some folders; folders in them are not entered. Quick, for it is asked often. */
export function filesOnDisk(folders: readonly string[]): number {
  let bytes = 0;
  for (const folder of folders) {
    for (const name of namesIn(folder)) {
      const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (stats?.isFile()) bytes += stats.blocks * UNIT;
    }
  }
  return bytes;
}

/** Bytes on disk of a folder and all below it; files with several names count once. */
export function treeOnDisk(folder: string): number {
  const seen = new Set<number>();
  let bytes = 0;
  const visit = (path: string): void => {
    const stats = lstatSync(path);
    if (seen.has(stats.ino)) return;
    seen.add(stats.ino);
    bytes += stats.blocks * UNIT;
    if (stats.isDirectory()) for (const name of readdirSync(path)) visit(join(path, name));
  };
  visit(folder);
  return bytes;
}

/** Length of a file, and what it takes on disk: less, where it has holes. */
export function fileSizes(path: string): { readonly bytes: number; readonly diskBytes: number } {
  const stats = lstatSync(path);
  return { bytes: stats.size, diskBytes: stats.blocks * UNIT };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    // Not made yet, or removed already.
    return [];
  }
}
