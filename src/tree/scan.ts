import { lstatSync, readdirSync, readlinkSync, type Stats } from 'node:fs';
import { MODE } from '../ext4/format/constants.ts';
import { printable } from '../text/printable.ts';
import { FORBIDDEN, isForbidden, STORE_CHANGED } from './changed.ts';
import { createPackedTree, type PackedTree, type PackedTreeBuilder } from './packed.ts';

/** Which permission bits the entries of an image get: those of every Nix store, or the host's. */
export type Permissions = 'store' | 'kept';

/**
 * Reads the tree below a path of this machine. Names are bytes, symlinks are read and never followed. Throws where an
 * entry is neither a file nor a directory nor a symlink, naming it, and where the host cannot read it.
 */
export function scanPath(path: Uint8Array, permissions: Permissions): PackedTree {
  const builder = createPackedTree();
  try {
    scan(builder, 0, NO_NAME, Buffer.from(path), permissions);
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, permissions, error) : error;
  }
  return builder.finish();
}

const NO_NAME = new Uint8Array(0);
const SLASH = Buffer.from('/');

function scan(
  builder: PackedTreeBuilder,
  parent: number,
  name: Uint8Array,
  path: Buffer,
  permissions: Permissions,
): void {
  const stats = lstatSync(path);
  const mode = imageMode(stats, permissions);
  if (stats.isFile()) {
    builder.add(parent, name, mode, stats.size);
    return;
  }
  if (stats.isSymbolicLink()) {
    const target = readlinkSync(path, { encoding: 'buffer' });
    builder.add(parent, name, mode, target.length, target);
    return;
  }
  if (!stats.isDirectory()) {
    throw notHeld(path, permissions, stats);
  }
  const directory = builder.add(parent, name, mode, 0);
  const children = readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare);
  for (const child of children) {
    scan(builder, directory, child, Buffer.concat([path, SLASH, child]), permissions);
  }
  builder.close(directory);
}

/** Of a store path's permissions only the executable bit is part of the path: the rest is as Nix sets it. */
function imageMode(stats: Stats, permissions: Permissions): number {
  if (stats.isSymbolicLink()) {
    return MODE.symlink | 0o777;
  }
  const type = stats.isDirectory() ? MODE.directory : MODE.regular;
  if (permissions === 'kept') {
    return type | (stats.mode & 0o7777);
  }
  return type | (stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o555 : 0o444);
}

function notHeld(path: Uint8Array, permissions: Permissions, stats: Stats): Error {
  const message = `${printable(path)} is ${kindOf(stats)}; an image holds regular files, directories and symlinks only.`;
  const remedy = permissions === 'store' ? STORE_CHANGED : 'Remove it, or leave its directory out.';
  return Object.assign(new Error(message), { remedy });
}

/** The system's own words, which are kept as the cause, name the entry below `path`. */
function unreadable(path: Uint8Array, permissions: Permissions, cause: Error): Error {
  const inStore = permissions === 'store';
  const message = `${inStore ? 'The store path ' : ''}${printable(path)} cannot be read in full.`;
  const remedy = isForbidden(cause) ? FORBIDDEN : inStore ? STORE_CHANGED : 'Check that the path is right.';
  return Object.assign(new Error(message, { cause }), { remedy });
}

function isSystemError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) {
    return 'a socket';
  }
  if (stats.isFIFO()) {
    return 'a named pipe';
  }
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'of an unknown kind';
}
