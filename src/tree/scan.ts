import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { type UserError, userError } from '../errors/user-error.ts';
import { MODE } from '../ext4/format/constants.ts';
import { kindOf } from '../host/kind-of.ts';
import { storeError } from '../nix/store-error.ts';
import { printable } from '../text/printable.ts';
import { createPackedTree, type PackedTree, type PackedTreeBuilder } from './packed.ts';
import { forbiddenError, isForbidden } from './source-error.ts';

/** Which permissions the entries of an image get: those of every Nix store, or those of the files on this machine. */
export type Permissions = 'store' | 'kept';

/**
 * Reads the tree below a path of this machine. Names are bytes; symlinks are not followed. Throws a `UserError` that
 * names the entry if it is not a file, directory or symlink, or cannot be read.
 */
export function scanPath(path: Uint8Array, permissions: Permissions): PackedTree {
  const builder = createPackedTree();
  try {
    scan({ builder, permissions }, 0, NO_NAME, Buffer.from(path));
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, permissions, error) : error;
  }
  return builder.finish();
}

const NO_NAME = new Uint8Array(0);
const SLASH = Buffer.from('/');

interface Scan {
  readonly builder: PackedTreeBuilder;
  readonly permissions: Permissions;
}

function scan(state: Scan, parent: number, name: Uint8Array, path: Buffer): void {
  const { builder, permissions } = state;
  const stats = lstatSync(path);
  if (stats.isFile()) {
    builder.add(parent, name, imageMode(stats, permissions), stats.size);
    return;
  }
  if (stats.isSymbolicLink()) {
    builder.addSymlink(parent, name, readlinkSync(path, { encoding: 'buffer' }));
    return;
  }
  if (!stats.isDirectory()) {
    throw unsupported(path, permissions, stats);
  }
  const directory = builder.add(parent, name, imageMode(stats, permissions), 0);
  const children = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
  for (const child of children) {
    scan(state, directory, child, Buffer.concat([path, SLASH, child]));
  }
  builder.close(directory);
}

/** The only permission that is part of a store path is the executable bit; Nix sets all others the same way. */
function imageMode(stats: Stats, permissions: Permissions): number {
  const type = stats.isDirectory() ? MODE.directory : MODE.regular;
  if (permissions === 'kept') {
    return type | (stats.mode & 0o7777);
  }
  return type | (stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o555 : 0o444);
}

function unsupported(path: Uint8Array, permissions: Permissions, stats: Stats): UserError {
  const message = `${printable(path)} is ${kindOf(stats)}; an image holds only regular files, directories and symlinks.`;
  if (permissions === 'store') {
    return storeError({ message });
  }
  return userError({
    title: 'A file cannot be in an image',
    message,
    remedy: 'Remove it, or leave its directory out of the image.',
  });
}

/** The system's own message, which is kept as the cause, names the entry below `path`. */
function unreadable(path: Uint8Array, permissions: Permissions, cause: Error): UserError {
  const isStorePath = permissions === 'store';
  const message = `${isStorePath ? 'The store path ' : ''}${printable(path)} cannot be read completely.`;
  if (isForbidden(cause)) {
    return forbiddenError(message, cause);
  }
  if (isStorePath) {
    return storeError({ message, cause });
  }
  return userError({ title: 'A file cannot be read', message, remedy: 'Check that the path is right.', cause });
}

/** Whether an error comes from a system call. */
export function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
