import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../text/printable.ts';
import { MORE_ROOM } from './write-error.ts';

/** What will be written to a file system at least. */
export interface SpaceNeeded {
  /** Bytes. */
  readonly bytes: number;
  /** What they are for, as the subject of a sentence. */
  readonly what: string;
}

/**
 * Makes sure, before any work, that the file system of the file at `path` has room for what is known to be written.
 * Throws an error with both figures where it has not. File systems that do not tell their size are left to the writing.
 */
export function checkSpace(path: string, needed: SpaceNeeded): void {
  const { blocks, bavail, bfree, bsize } = statfsSync(dirname(path));
  if (blocks === 0) {
    return;
  }
  // Some blocks of a file system may be kept for root.
  const free = (process.getuid?.() === 0 ? bfree : bavail) * bsize;
  if (needed.bytes <= free) {
    return;
  }
  throw Object.assign(
    new Error(
      `${needed.what} takes ${figure(needed.bytes)}, but the file system of ${printable(dirname(path))} has ` +
        `${figure(free)} free.`,
    ),
    { code: 'ENOSPC', title: 'Not enough space', remedy: MORE_ROOM },
  );
}

function figure(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB (${bytes} bytes)`;
}
