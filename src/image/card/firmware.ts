import { lstatSync, readdirSync, type Stats, statSync } from 'node:fs';
import { inputError, type UserError } from '../../errors/user-error.ts';
import type { FatTree, FatTreeEntry } from '../../fat/tree.ts';
import { followLinks, isWithin } from '../../nix/follow.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { quote } from '../../text/escape.ts';
import { isSystemError, kindOf } from '../../tree/scan.ts';
import type { HostFile } from './host-files.ts';

/** The files of a firmware partition, and the paths of their contents. */
export interface FirmwareFiles {
  readonly tree: FatTree;
  /** By entry of the tree; that of a directory has size 0. */
  readonly files: readonly HostFile[];
}

/**
 * Reads the directory whose contents go on the firmware partition. FAT has no symbolic links, but firmware directories
 * that Nix builds are full of them, so each link is replaced by its target. Targets must be in the directory or in the
 * store: no other file of this machine gets into an image by accident.
 *
 * Throws a `UserError` if it is not a directory, for a link that leads elsewhere, to nothing or in a loop, and for
 * anything that is neither a file nor a directory.
 */
export function scanFirmwareDirectory(path: string): FirmwareFiles {
  const top = resolve(Buffer.from(path));
  if (!statSync(top).isDirectory()) {
    throw firmwareError(`${quote(path)} is not a directory.`, 'Set firmware-files to a directory.');
  }
  const scan: Scan = { entries: [], files: [], allowed: [top, Buffer.from(STORE_DIRECTORY)] };
  try {
    scanDirectory(scan, { parent: 0, name: Buffer.alloc(0), path: top, above: [] });
  } catch (error) {
    // The system's own message names the entry.
    throw isSystemError(error)
      ? firmwareError(`The directory ${quote(path)} cannot be read completely.`, MAKE_READABLE, error)
      : error;
  }
  return { tree: { entries: scan.entries }, files: scan.files };
}

interface Scan {
  readonly entries: FatTreeEntry[];
  readonly files: HostFile[];
  /** Directories that links may lead into. */
  readonly allowed: readonly Buffer[];
}

/** An entry to scan. */
interface Place {
  /** Index of its directory. */
  readonly parent: number;
  readonly name: Uint8Array;
  readonly path: Buffer;
  /** The directories that it is in, with links resolved. */
  readonly above: readonly Buffer[];
}

const SLASH = Buffer.from('/');

/** `path` has no links. */
function scanDirectory(scan: Scan, { parent, name, path, above }: Place): void {
  if (above.some((other) => other.equals(path))) {
    throw firmwareError(
      `The firmware files have a symbolic link to ${quote(path)}, a directory that contains the link itself.`,
      'Remove the symbolic link.',
    );
  }
  const directory = scan.entries.push({ kind: 'directory', parent, name, size: 0 }) - 1;
  scan.files.push({ path, size: 0 });
  const aboveChildren = [...above, path];
  for (const child of readdirSync(path, { encoding: 'buffer' }).sort(Buffer.compare)) {
    const childPath = Buffer.concat([path, SLASH, child]);
    scanEntry(scan, { parent: directory, name: child, path: childPath, above: aboveChildren });
  }
}

function scanEntry(scan: Scan, place: Place): void {
  const { parent, name, path } = place;
  const isLink = lstatSync(path).isSymbolicLink();
  const real = isLink ? resolve(path) : path;
  const isAllowed = scan.allowed.some((directory) => isWithin(real, directory));
  if (!isAllowed) {
    throw firmwareError(
      `${quote(path)} of the firmware files is a symbolic link to ${quote(real)}, which is neither in the directory nor in ${STORE_DIRECTORY}.`,
      'Replace the symbolic link by a copy of the file.',
    );
  }
  const stats = statSync(real);
  if (stats.isDirectory()) {
    scanDirectory(scan, { ...place, path: real });
    return;
  }
  if (!stats.isFile()) {
    throw unsupported(path, stats);
  }
  scan.entries.push({ kind: 'file', parent, name, size: stats.size });
  scan.files.push({ path: real, size: stats.size });
}

function resolve(path: Buffer): Buffer {
  try {
    return followLinks(path);
  } catch (cause) {
    throw firmwareError(
      `${quote(path)} of the firmware files does not exist, or is a link to nothing.`,
      'Set firmware-files to a directory that exists, in which every symbolic link leads to a file.',
      cause,
    );
  }
}

function unsupported(path: Buffer, stats: Stats): UserError {
  return firmwareError(
    `${quote(path)} of the firmware files is ${kindOf(stats)}; a FAT partition holds only files and directories.`,
    'Remove it.',
  );
}

function firmwareError(message: string, remedy: string, cause?: unknown): UserError {
  return inputError({ input: 'firmware-files', message, remedy, cause });
}

const MAKE_READABLE = 'Set firmware-files to a directory that the user of this step may read.';
