import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { type UserError, userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';

/** A finished file on this machine: the image after its verification, or a file beside it. */
export interface FinishedFile {
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** A finished image, with the size in bytes and the SHA-256 of its uncompressed contents. */
export interface FinishedImage extends FinishedFile {
  readonly uncompressedSize: number;
  /** Hexadecimal. */
  readonly uncompressedSha256: string;
}

/** Remedy for a file in the output directory that another process has changed. */
export const RERUN_UNDISTURBED = 'Let no other process write to output-directory, and re-run the job.';

/** Hashes a finished file. Reads it into memory as a whole. Throws a `UserError` with the code `FILE`. */
export function hashFinishedFile(path: string): FinishedFile {
  try {
    const contents = readFileSync(path);
    return { path, size: contents.length, sha256: createHash('sha256').update(contents).digest('hex') };
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
}

/**
 * Checks, without reading it, that a finished file is still there and has the same size. Throws a `UserError` with the
 * code `FILE`.
 */
export function checkUnchanged({ path, size }: FinishedFile): void {
  const name = printable(path);
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw fileError('An output file is missing', `${name} no longer exists.`);
  }
  if (!stats.isFile()) {
    throw fileError('An output file has changed', `${name} is no longer a regular file.`);
  }
  if (stats.size !== size) {
    throw fileError('An output file has changed', `${name} has ${stats.size} bytes; ${size} were expected.`);
  }
  if (size === 0) {
    throw fileError('An output file is empty', `${name} has 0 bytes: an empty file cannot be uploaded.`);
  }
}

/** The error for a finished file whose contents have the SHA-256 `found`. */
export function changedContents({ path, sha256 }: FinishedFile, found: string): UserError {
  const message = `${printable(path)} has the SHA-256 ${found}; ${sha256} was expected.`;
  return fileError('An output file has changed', message);
}

/** The error for a finished file that the system cannot read. */
export function unreadableFile(path: string, cause: unknown): UserError {
  return fileError('An output file cannot be read', `Reading ${printable(path)} failed.`, cause);
}

function fileError(title: string, message: string, cause?: unknown): UserError {
  return userError({ title, message, remedy: RERUN_UNDISTURBED, code: 'FILE', cause });
}
