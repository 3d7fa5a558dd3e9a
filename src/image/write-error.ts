import { statfsSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { printable } from '../text/printable.ts';

/** Runs `write`, which writes to the file at `path`; what the system says against it is put into words. */
export function writingTo<T>(path: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    throw writeError(path, cause);
  }
}

/** Writes a small file as a whole. Errors as in `writeError`. */
export function writeSmallFile(path: string, contents: string | Uint8Array): void {
  writingTo(path, () => writeFileSync(path, contents));
}

/** Says why a file could not be written, and what to do: a disk that is full is told apart from all else. */
export function writeError(path: string, cause: unknown): Error {
  const code = errorCode(cause);
  const { what, remedy } = REASONS.find(({ codes }) => codes.some((one) => one === code)) ?? OTHER;
  return Object.assign(new Error(`${printable(path)} could not be written: ${what}.${room(path)}`, { cause }), {
    code: typeof code === 'string' ? code : 'EIO',
    remedy,
  });
}

/** What helps where there is not enough room for the image. */
export const MORE_ROOM =
  'Delete what is not needed on this machine before this step (nix-collect-garbage, tools of the runner), ' +
  'set output-directory to a file system with more room, or put less into the image.';

const REASONS = [
  { codes: ['ENOSPC'], what: 'the disk is full', remedy: MORE_ROOM },
  { codes: ['EDQUOT'], what: 'this user may not store more on the disk', remedy: MORE_ROOM },
  {
    codes: ['EFBIG'],
    what: 'the file system takes no file of that size',
    remedy: 'Set output-directory to a file system for large files (FAT ends at 4 GiB), or set a compression.',
  },
  {
    codes: ['ENOENT', 'ENOTDIR', 'EEXIST'],
    what: 'another process changed the output directory',
    remedy: 'Let nothing else write to output-directory; give each run that goes on at the same time one of its own.',
  },
  {
    codes: ['EACCES', 'EPERM', 'EROFS'],
    what: 'that is not allowed',
    remedy: 'Set output-directory to a directory that the user of this step may write to.',
  },
] as const;

const OTHER = {
  what: 'the system reports an error',
  remedy: 'Check the disk that output-directory is on, or set output-directory to a directory on another one.',
};

/** What the file system has left at this moment, where it can be told. */
function room(path: string): string {
  try {
    const { bavail, bsize } = statfsSync(dirname(path));
    return ` Its file system has ${bavail * bsize} bytes free now.`;
  } catch {
    return '';
  }
}
