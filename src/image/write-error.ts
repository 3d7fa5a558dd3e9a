import { statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { type UserError, userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';

/**
 * Runs `write`, which writes to the file at `path`, and explains an error of the system. `bytes` is how many bytes it
 * writes, if that is known.
 */
export function writingTo<T>(path: string, write: () => T, bytes?: number): T {
  try {
    return write();
  } catch (cause) {
    throw writeError(path, cause, bytes);
  }
}

/** Writes a small file as a whole, where there is none: not through a symlink. Errors as in `writeError`. */
export function writeSmallFile(path: string, contents: string | Uint8Array): void {
  writingTo(path, () => writeFileSync(path, contents, { flag: 'wx' }), Buffer.byteLength(contents));
}

/**
 * Explains why a file could not be written, by the code of the system's error, which becomes the code of this one.
 * `bytes` is how many bytes were to be written, if that is known; the message has it if there is no space for them.
 */
export function writeError(path: string, cause: unknown, bytes?: number): UserError {
  const code = errorCode(cause);
  const { title, reason, remedy } = REASONS.find(({ codes }) => codes.some((one) => one === code)) ?? OTHER;
  const isFull = code === 'ENOSPC' || code === 'EDQUOT';
  const needed = isFull && bytes !== undefined ? ` ${bytes} more bytes were needed.` : '';
  return userError({
    title,
    message: `${printable(path)} could not be written: ${reason}.${needed}${freeSpace(path)}`,
    remedy,
    code: typeof code === 'string' ? code : 'EIO',
    cause,
  });
}

/** Headline and remedy for a disk without enough space for the image. */
export const DISK_FULL = {
  title: 'The disk is full',
  remedy:
    'Delete what is not needed on this machine before this step (nix-collect-garbage, tools of the runner), ' +
    'set output-directory to a filesystem with more space, or put less into the image.',
} as const;

const REASONS = [
  { ...DISK_FULL, codes: ['ENOSPC'], reason: 'the disk is full' },
  {
    title: 'The disk quota is exceeded',
    codes: ['EDQUOT'],
    reason: 'this user may not store more on the disk',
    remedy: DISK_FULL.remedy,
  },
  {
    title: 'The file is too large for its filesystem',
    codes: ['EFBIG'],
    reason: 'the filesystem does not support files of that size',
    remedy: 'Set output-directory to a filesystem for large files (FAT ends at 4 GiB), or set a compression.',
  },
  {
    title: 'The output directory changed',
    codes: ['ENOENT', 'ENOTDIR', 'EEXIST'],
    reason: 'another process changed the output directory',
    remedy:
      'Make sure that no other process writes to output-directory. Runs at the same time need a directory of their own.',
  },
  {
    title: 'Permission denied',
    codes: ['EACCES', 'EPERM', 'EROFS'],
    reason: 'this user may not write there',
    remedy: 'Set output-directory to a directory that the user of this step may write to.',
  },
] as const;

const OTHER = {
  title: 'A file could not be written',
  reason: 'the system reports an error',
  remedy: 'Check the disk of output-directory, or set output-directory to a directory on another disk.',
};

/** How much space the filesystem has now, as a sentence; empty if the system does not report it. */
function freeSpace(path: string): string {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return ` Its filesystem has ${bavail * bsize} bytes free now.`;
  } catch {
    return '';
  }
}
