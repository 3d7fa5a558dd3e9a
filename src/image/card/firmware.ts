import { lstatSync, type Stats } from 'node:fs';
import { inputError, type UserError, userError } from '../../errors/user-error.ts';
import { identityOf } from '../../host/identity.ts';
import { kindOf } from '../../host/kind-of.ts';
import { listWithoutLinks } from '../../host/open.ts';
import { isWithin } from '../../host/within.ts';
import { followLinks } from '../../nix/follow.ts';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { quote } from '../../text/escape.ts';
import type { Child, Directory } from '../../tree/compose.ts';
import { isSystemError } from '../../tree/scan.ts';
import type { FirmwareChild, FirmwareDirectory, FirmwareFile } from './firmware-tree.ts';

/**
 * Reads the directory whose contents go on the firmware partition. FAT has no symbolic links, but firmware directories
 * that Nix builds are full of them, so each link is replaced by its target. Targets must be in the directory or in the
 * store: no other file of this machine gets into an image by accident.
 *
 * Throws a `UserError` if it is not a directory, for a link that leads elsewhere, to nothing or in a loop, and for
 * anything that is neither a file nor a directory.
 */
export function scanFirmwareDirectory(path: string): FirmwareDirectory {
  const origin = { what: 'the firmware files', errorOf: firmwareError };
  const top = resolve(origin, Buffer.from(path));
  if (!lstatSync(top).isDirectory()) {
    throw firmwareError({
      message: `${quote(path)} is not a directory.`,
      remedy: 'Set firmware-files to a directory.',
    });
  }
  const scan: Scan = { ...origin, allowed: [top, Buffer.from(STORE_DIRECTORY)] };
  try {
    return scanDirectory(scan, { path: top, above: [] });
  } catch (cause) {
    // The system's own message names the entry.
    throw isSystemError(cause)
      ? firmwareError({
          message: `The directory ${quote(path)} cannot be read completely.`,
          remedy: 'Set firmware-files to a directory that the user of this step may read.',
          cause,
        })
      : cause;
  }
}

/**
 * The form for a firmware partition of a directory that a boot loader needs there. FAT has no owners, no permissions and no
 * links: those of a store path are replaced by their targets, which must be in the store. Errors as in
 * `scanFirmwareDirectory`.
 */
export function firmwareOverlay(directory: Directory): FirmwareDirectory {
  return { kind: 'directory', children: directory.children.map(overlayChild) };
}

function overlayChild({ name, node }: Child): FirmwareChild {
  switch (node.kind) {
    case 'directory':
      return { name, node: firmwareOverlay(node) };
    case 'generated':
      return { name, node: { kind: 'file', source: { kind: 'generated', contents: node.contents } } };
    case 'graft':
      return {
        name,
        node: scanNode(STORE_SCAN, { path: Buffer.from(node.path), above: [] }, lstatSync(Buffer.from(node.path))),
      };
    case 'link':
      throw new Error(`No boot loader has links on a FAT partition, but there is ${quote(name)}.`);
  }
}

interface ErrorOptions {
  readonly message: string;
  readonly remedy: string;
  readonly cause?: unknown;
}

/** What is scanned, for messages. */
interface Origin {
  /** A noun phrase. */
  readonly what: string;
  readonly errorOf: (options: ErrorOptions) => UserError;
}

interface Scan extends Origin {
  /** Directories that links may lead into. */
  readonly allowed: readonly Buffer[];
}

/** An entry to scan. */
interface Place {
  readonly path: Buffer;
  /** The directories that it is in, with links resolved. */
  readonly above: readonly Buffer[];
}

const SLASH = Buffer.from('/');

/** `path` has no links. */
function scanDirectory(scan: Scan, { path, above }: Place): FirmwareDirectory {
  if (above.some((other) => other.equals(path))) {
    throw scan.errorOf({
      message: `${capitalize(scan.what)} have a symbolic link to ${quote(path)}, a directory that contains the link itself.`,
      remedy: 'Remove the symbolic link.',
    });
  }
  const aboveChildren = [...above, path];
  // A directory that has become a link since it was looked at is not followed.
  const { entries } = listWithoutLinks(path, STORE_DIRECTORY);
  const children = entries.map(({ name, stats }) => {
    return { name, node: scanNode(scan, { path: Buffer.concat([path, SLASH, name]), above: aboveChildren }, stats) };
  });
  return { kind: 'directory', children };
}

/** `own` is what there is at the path itself, which may be a link. */
function scanNode(scan: Scan, place: Place, own: Stats): FirmwareDirectory | FirmwareFile {
  const { path } = place;
  const real = own.isSymbolicLink() ? resolve(scan, path) : path;
  const isAllowed = scan.allowed.some((directory) => isWithin(real, directory));
  if (!isAllowed) {
    throw scan.errorOf({
      message: `${quote(path)} of ${scan.what} is a symbolic link to ${quote(real)}, which is neither in the directory nor in ${STORE_DIRECTORY}.`,
      remedy: 'Replace the symbolic link by a copy of the file.',
    });
  }
  const stats = own.isSymbolicLink() ? lstatSync(real) : own;
  if (stats.isDirectory()) {
    return scanDirectory(scan, { ...place, path: real });
  }
  if (!stats.isFile()) {
    throw unsupported(scan, path, stats);
  }
  return { kind: 'file', source: { kind: 'host', path: real, size: stats.size, identity: identityOf(stats) } };
}

function resolve({ what, errorOf }: Origin, path: Buffer): Buffer {
  try {
    return followLinks(path);
  } catch (cause) {
    throw errorOf({
      message: `${quote(path)} of ${what} does not exist, or is a link to nothing.`,
      remedy: 'Set firmware-files to a directory that exists, in which every symbolic link leads to a file.',
      cause,
    });
  }
}

function unsupported({ what, errorOf }: Origin, path: Buffer, stats: Stats): UserError {
  return errorOf({
    message: `${quote(path)} of ${what} is ${kindOf(stats)}; a FAT partition holds only files and directories.`,
    remedy: 'Remove it.',
  });
}

function firmwareError(options: ErrorOptions): UserError {
  return inputError({ input: 'firmware-files', ...options });
}

const STORE_SCAN: Scan = {
  what: 'the boot files of the system',
  allowed: [Buffer.from(STORE_DIRECTORY)],
  errorOf: ({ message, cause }) =>
    userError({
      title: 'The boot files cannot be on a FAT partition',
      message,
      remedy: 'Set system to a system whose kernel, initrd and device trees are files and directories of the store.',
      cause,
    }),
};

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
