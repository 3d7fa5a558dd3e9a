import { lstatSync, readdirSync } from 'node:fs';
import { inputError, type UserError } from '../errors/user-error.ts';
import { MODE } from '../ext4/format/constants.ts';
import { followLinks } from '../nix/follow.ts';
import { printable } from '../text/printable.ts';
import type { Directory, Node } from './compose.ts';
import type { PackedTree } from './packed.ts';
import { isSystemError, kindOf, scanPath } from './scan.ts';
import { forbiddenError, isForbidden } from './source-error.ts';

/**
 * Reads a directory of files that overlay the root of the image. Owner and group become root, permissions stay. Symlinks
 * are not followed, except in the path of the directory itself. Throws a `UserError` if it is not a directory, or holds
 * something that an image cannot, or a symlink that leads out of it.
 */
export function scanRootFiles(path: string): Directory {
  try {
    const directory = followLinks(path);
    if (lstatSync(directory).isDirectory()) {
      return scanDirectory(directory, 0);
    }
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, error) : error;
  }
  throw rootFilesError(`${printable(path)} is not a directory.`);
}

/** `depth` is how many directories of the image are above this one. */
function scanDirectory(path: Buffer, depth: number): Directory {
  const { mode } = lstatSync(path);
  const names = readdirSync(path, { encoding: 'buffer' });
  const children = names.map((name) => ({ name, node: scanNode(Buffer.concat([path, SLASH, name]), depth) }));
  return { kind: 'directory', mode: mode & 0o7777, gid: 0, children };
}

function scanNode(path: Buffer, depth: number): Node {
  const stats = lstatSync(path);
  if (stats.isDirectory()) {
    return scanDirectory(path, depth + 1);
  }
  if (!stats.isFile() && !stats.isSymbolicLink()) {
    throw rootFilesError(
      `${printable(path)} is ${kindOf(stats)}; an image holds only regular files, directories and symlinks.`,
    );
  }
  const tree = scanPath(path, 'kept');
  checkSymlink(path, tree, depth);
  return { kind: 'graft', gid: 0, tree, path };
}

const SLASH = Buffer.from('/');

/**
 * Throws for a symlink that climbs above the root: it means a file beside the directory on this machine, which the image
 * does not have. An absolute target is a path in the image.
 */
function checkSymlink(path: Buffer, tree: PackedTree, depth: number): void {
  if ((tree.mode[0] & MODE.typeMask) !== MODE.symlink) {
    return;
  }
  const target = Buffer.from(tree.targets);
  if (target.at(0) === SLASH[0]) {
    return;
  }
  let level = depth;
  for (const part of target.toString('latin1').split('/')) {
    if (part === '..') {
      level--;
    } else if (part !== '' && part !== '.') {
      level++;
    }
    if (level < 0) {
      throw rootFilesError(
        `The symlink ${printable(path)} leads out of the directory that it is in: its target is ${printable(target)}.`,
      );
    }
  }
}

/** The system's own message, which is kept as the cause, names the entry below `path`. */
function unreadable(path: string, cause: Error): UserError {
  const message = `The directory ${printable(path)} cannot be read completely.`;
  return isForbidden(cause) ? forbiddenError(message, cause) : rootFilesError(message, cause);
}

function rootFilesError(message: string, cause?: unknown): UserError {
  const remedy =
    'Set root-files to directories of files for the image. Absolute targets of symlinks start at the root of the image.';
  return inputError({ input: 'root-files', message, remedy, cause });
}
