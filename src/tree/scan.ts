import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import type { UserError } from '../errors/user-error.ts';
import { MODE } from '../ext4/format/constants.ts';
import { kindOf } from '../host/kind-of.ts';
import { storeError } from '../nix/store-error.ts';
import { printable } from '../text/printable.ts';
import { createPackedTree, type PackedTree, type PackedTreeBuilder } from './packed.ts';
import { forbiddenError, isForbidden } from './source-error.ts';

/**
 * Reads the tree below a path of this machine. Names are bytes; symlinks are not followed. Throws a `UserError` that
 * names the entry if it is not a file, directory or symlink, or cannot be read.
 */
export function scanPath(path: Uint8Array): PackedTree {
  const builder = createPackedTree();
  try {
    scan(builder, 0, NO_NAME, Buffer.from(path));
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, error) : error;
  }
  return builder.finish();
}

const NO_NAME = new Uint8Array(0);
const SLASH = Buffer.from('/');

function scan(builder: PackedTreeBuilder, parent: number, name: Uint8Array, path: Buffer): void {
  const stats = lstatSync(path);
  if (stats.isFile()) {
    builder.add(parent, name, storeMode(stats), stats.size);
    return;
  }
  if (stats.isSymbolicLink()) {
    builder.addSymlink(parent, name, readlinkSync(path, { encoding: 'buffer' }));
    return;
  }
  if (!stats.isDirectory()) {
    throw unsupported(path, stats);
  }
  const directory = builder.add(parent, name, storeMode(stats), 0);
  const children = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
  for (const child of children) {
    scan(builder, directory, child, Buffer.concat([path, SLASH, child]));
  }
  builder.close(directory);
}

/** The only permission that is part of a store path is the executable bit; Nix sets all others the same way. */
function storeMode(stats: Stats): number {
  const type = stats.isDirectory() ? MODE.directory : MODE.regular;
  return type | (stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o555 : 0o444);
}

function unsupported(path: Uint8Array, stats: Stats): UserError {
  return storeError({
    message: `${printable(path)} is ${kindOf(stats)}; an image holds only regular files, directories and symlinks.`,
  });
}

/** The system's own message, which is kept as the cause, names the entry below `path`. */
function unreadable(path: Uint8Array, cause: Error): UserError {
  const message = `The store path ${printable(path)} cannot be read completely.`;
  return isForbidden(cause) ? forbiddenError(message, cause) : storeError({ message, cause });
}

/** Whether an error comes from a system call. */
export function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
