import { lstatSync, type Stats } from 'node:fs';
import { inputError, type UserError } from '../../errors/user-error.ts';
import { FILE_SIZE_MAX, MODE } from '../../ext4/format/constants.ts';
import { identityOf } from '../../host/identity.ts';
import { kindOf } from '../../host/kind-of.ts';
import { type DirectoryEntry, listWithoutLinks } from '../../host/open.ts';
import { isWithin } from '../../host/within.ts';
import { followLinks } from '../../nix/follow.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { printable } from '../../text/printable.ts';
import type { Directory, Node } from '../compose.ts';
import { createPackedTree, type PackedTree } from '../packed.ts';
import { isSystemError } from '../scan.ts';
import { forbiddenError, isForbidden } from '../source-error.ts';
import { hasHoles, readDataRuns } from './holes.ts';

/** Permissions of files and directories by their paths below a directory; each byte of a path is a character. */
export type Modes = ReadonlyMap<string, number>;

/** The values of the input root-files-mode: the permissions on this machine, or those that a checkout of git has. */
export const ROOT_FILES_MODES = ['kept', 'git'] as const;
export type RootFilesMode = (typeof ROOT_FILES_MODES)[number];

/**
 * Reads a directory of files that overlay the root of the image. Owner and group become root. `permissions` says which
 * permissions files and directories get; those that a map leaves out stay. A directory in the Nix store has lost them.
 * Files with holes are read to find these, except in the store: how a disk stores a store path is no part of it.
 * Symlinks are not followed, except in the path of the directory itself. Throws a `UserError` if it is not a directory, or
 * holds something that an image cannot, or a symlink that leads out of it.
 */
export function scanRootFiles(path: string, permissions: RootFilesMode | Modes): Directory {
  try {
    const directory = followLinks(path);
    if (lstatSync(directory).isDirectory()) {
      const keepsHoles = !isWithin(directory, Buffer.from(STORE_DIRECTORY));
      return scanDirectory(
        { path: directory, below: '', depth: 0 },
        { permissionsOf: permissionsBy(permissions), keepsHoles },
      );
    }
  } catch (error) {
    throw isSystemError(error) ? unreadable(path, error) : error;
  }
  throw rootFilesError(`${printable(path)} is not a directory.`);
}

/**
 * Returns the paths of entries that every user of the device may change: files that others may write, and directories that
 * are not sticky as /tmp is. A checkout has such permissions where the umask of the runner is 0. Paths are safe to print.
 */
export function writableEntries(directory: Directory, above = ''): readonly string[] {
  return directory.children.flatMap(({ name, node }) => {
    const path = `${above}/${printable(name)}`;
    if (node.kind === 'graft') {
      return isWritable(node.tree.mode[0]) ? [path] : [];
    }
    if (node.kind !== 'directory') {
      return [];
    }
    const isOpen = (node.mode & (OTHERS_WRITE | STICKY)) === OTHERS_WRITE;
    return [...(isOpen ? [path] : []), ...writableEntries(node, path)];
  });
}

const OTHERS_WRITE = 0o002;
const STICKY = 0o1000;

/** Every symlink has all permissions, which mean nothing. */
function isWritable(mode: number): boolean {
  return (mode & MODE.typeMask) === MODE.regular && (mode & OTHERS_WRITE) !== 0;
}

/** The permissions of a file or directory at a path below the directory that is read. */
type PermissionsOf = (stats: Stats, below: string) => number;

function permissionsBy(permissions: RootFilesMode | Modes): PermissionsOf {
  if (permissions === 'git') {
    return gitPermissions;
  }
  const modes: Modes = permissions === 'kept' ? new Map() : permissions;
  return (stats, below) => modes.get(below) ?? stats.mode & 0o7777;
}

/** Git records whether the owner may execute a file, and nothing else (git-update-index(1), --chmod). */
function gitPermissions(stats: Stats): number {
  return stats.isDirectory() || (stats.mode & 0o100) !== 0 ? 0o755 : 0o644;
}

/** What of files is kept. */
interface Rules {
  readonly permissionsOf: PermissionsOf;
  readonly keepsHoles: boolean;
}

/** A file or directory to scan. */
interface Place {
  readonly path: Buffer;
  /** The path below the directory that is read, each byte a character; empty for that directory. */
  readonly below: string;
  /** How many directories of the image are above this one. */
  readonly depth: number;
}

function scanDirectory({ path, below, depth }: Place, rules: Rules): Directory {
  const { stats, entries } = listWithoutLinks(path, STORE_DIRECTORY);
  const children = entries.map((entry) => {
    const text = entry.name.toString('latin1');
    const place = {
      path: Buffer.concat([path, SLASH, entry.name]),
      below: below === '' ? text : `${below}/${text}`,
      depth,
    };
    return { name: entry.name, node: scanNode(place, entry, rules) };
  });
  return { kind: 'directory', mode: rules.permissionsOf(stats, below), gid: 0, children };
}

function scanNode(place: Place, { stats, target }: DirectoryEntry, rules: Rules): Node {
  const { path, below, depth } = place;
  if (stats.isDirectory()) {
    return scanDirectory({ ...place, depth: depth + 1 }, rules);
  }
  if (target !== undefined) {
    checkSymlink(path, target, depth);
    return { kind: 'link', gid: 0, target };
  }
  if (!stats.isFile()) {
    throw rootFilesError(
      `${printable(path)} is ${kindOf(stats)}; an image holds only regular files, directories and symlinks.`,
    );
  }
  if (stats.size > FILE_SIZE_MAX) {
    throw rootFilesError(
      `${printable(path)} has ${stats.size} bytes; a file of an ext4 filesystem has at most ${FILE_SIZE_MAX}.`,
    );
  }
  const tree = packFile(rules.permissionsOf(stats, below), stats.size);
  const data = rules.keepsHoles && hasHoles(stats) ? readDataRuns(path, stats) : undefined;
  return { kind: 'graft', gid: 0, tree, path, identity: identityOf(stats), data };
}

/** A subtree of one file. */
function packFile(mode: number, size: number): PackedTree {
  const builder = createPackedTree();
  builder.add(0, new Uint8Array(0), MODE.regular | mode, size);
  return builder.finish();
}

const SLASH = Buffer.from('/');

/**
 * Throws for a symlink that climbs above the root: it means a file beside the directory on this machine, which the image
 * does not have. An absolute target is a path in the image.
 */
function checkSymlink(path: Buffer, target: Buffer, depth: number): void {
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
