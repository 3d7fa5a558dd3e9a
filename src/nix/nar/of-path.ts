import { closeSync, constants, fstatSync, lstatSync, openSync, readdirSync, readlinkSync } from 'node:fs';
import { readFully } from '../../bytes/read-fully.ts';
import { printable } from '../../text/printable.ts';
import { storeError } from '../store-error.ts';
import type { NarEntry, NarNode } from './nar.ts';

const SLASH = Buffer.from('/');

/**
 * Returns the file at `path` of this machine as a node of a Nix archive. Directories are listed when their entries are
 * requested, and files are read when their contents are.
 *
 * Throws a `UserError` that names the file if it is not a regular file, directory or symlink, and if it becomes shorter
 * while it is read.
 */
export function narNodeOfPath(path: Buffer): NarNode {
  const stat = lstatSync(path);
  if (stat.isFile()) {
    return {
      type: 'regular',
      executable: (stat.mode & constants.S_IXUSR) !== 0,
      size: stat.size,
      read: (position, target) => readFile(path, position, target),
    };
  }
  if (stat.isSymbolicLink()) {
    return { type: 'symlink', target: readlinkSync(path, 'buffer') };
  }
  if (stat.isDirectory()) {
    return { type: 'directory', entries: () => readDirectory(path) };
  }
  throw storeError({
    message: `'${printable(path)}' is neither a regular file, a directory nor a symlink: no Nix archive can hold it.`,
  });
}

function readDirectory(path: Buffer): NarEntry[] {
  const entries = readdirSync(path, 'buffer').map((name) => ({
    name,
    node: () => narNodeOfPath(Buffer.concat([path, SLASH, name])),
  }));
  return entries.sort((a, b) => Buffer.compare(a.name, b.name));
}

/** Opens the file for each piece: pieces are large or whole files, and no caller says which one is the last. */
function readFile(path: Buffer, position: number, target: Uint8Array): void {
  using stack = new DisposableStack();
  const file = stack.adopt(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW), closeSync);
  const { size } = fstatSync(file);
  if (size < position + target.length) {
    throw storeError({
      message: `'${printable(path)}' became shorter while it was read: expected at least ${position + target.length} bytes, found ${size}.`,
    });
  }
  readFully(file, target, position, printable(path));
}
