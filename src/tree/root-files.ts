import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { MODE } from '../ext4/format/constants.ts';
import { printable } from '../text/printable.ts';
import type { Directory, Node } from './compose.ts';
import type { PackedTree } from './packed.ts';
import { scanPath } from './scan.ts';

/**
 * Reads a directory of files that are to be laid over the image's root: owner root, permissions kept, symlinks stored and
 * never followed, save the path of the directory itself. Throws where it is no directory, or holds something that an image
 * cannot, or a symlink that leaves the directory.
 */
export function scanRootFiles(path: string): Directory {
  try {
    const directory = Buffer.from(realpathSync(path));
    if (lstatSync(directory).isDirectory()) {
      return scanDirectory(directory, 0);
    }
  } catch (error) {
    // The system's own words name the entry; what is said of one already is kept.
    throw error instanceof Error && 'syscall' in error
      ? rootFilesError(`The directory ${printable(path)} cannot be read in full.`, error)
      : error;
  }
  throw rootFilesError(`${printable(path)} is not a directory.`);
}

/** `depth` is how many directories are above this one within the image. */
function scanDirectory(path: Buffer, depth: number): Directory {
  const { mode } = lstatSync(path);
  const names = readdirSync(path, { encoding: 'buffer' });
  const children = names.map((name) => ({ name, node: scanNode(Buffer.concat([path, SLASH, name]), depth) }));
  return { kind: 'directory', mode: mode & 0o7777, gid: 0, children };
}

function scanNode(path: Buffer, depth: number): Node {
  if (lstatSync(path).isDirectory()) {
    return scanDirectory(path, depth + 1);
  }
  const tree = scanPath(path, 'kept');
  refuseLeaving(path, tree, depth);
  return { kind: 'graft', gid: 0, tree, path };
}

const SLASH = Buffer.from('/');

/**
 * A symlink with an absolute target leads to a place in the image. One that climbs above the root means a place beside
 * the directory on this machine, which the image does not have.
 */
function refuseLeaving(path: Buffer, tree: PackedTree, depth: number): void {
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
    if (level >= 0) {
      continue;
    }
    throw rootFilesError(
      `The symlink ${printable(path)} leaves the directory that it is in: its target is ${printable(target)}.`,
    );
  }
}

function rootFilesError(message: string, cause?: unknown): Error {
  const options = cause === undefined ? {} : { cause };
  return Object.assign(new Error(message, options), {
    remedy:
      'Set root-files to directories that hold what belongs in the image. Symlinks begin at the root of the image.',
  });
}
