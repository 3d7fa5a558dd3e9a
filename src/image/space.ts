import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';
import { DISK_FULL, writingTo } from './write-error.ts';

/** The least that will be written to a filesystem. */
export interface SpaceNeeded {
  readonly bytes: number;
  /** What they are for, as the subject of a sentence. */
  readonly what: string;
}

/**
 * Checks, before any work, that the filesystem of the file at `path` has space for what is known to be written. Throws a
 * `UserError` with both figures if it has not; other errors as in `writeError`. Does not check filesystems that do not
 * report their size.
 */
export function checkSpace(path: string, needed: SpaceNeeded): void {
  const { blocks, bavail, bfree, bsize } = writingTo(path, () => statfsSync(dirname(path)));
  if (blocks === 0) {
    return;
  }
  // A filesystem may reserve blocks for root.
  const free = (process.getuid?.() === 0 ? bfree : bavail) * bsize;
  if (needed.bytes <= free) {
    return;
  }
  throw userError({
    ...DISK_FULL,
    message:
      `${needed.what} needs ${figure(needed.bytes)}, but the filesystem of ${printable(dirname(path))} has ` +
      `${figure(free)} free.`,
    code: 'ENOSPC',
  });
}

function figure(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB (${bytes} bytes)`;
}
