/**
 * How files of this machine are opened. A path is looked up when a file is scanned, and again when it is read: another
 * process may put a link, a pipe or a device there in between, and a checkout may have them from the start.
 */
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readlinkSync,
  realpathSync,
  type Stats,
} from 'node:fs';
import { printable } from '../text/printable.ts';
import { isWithin } from './within.ts';

/** A symlink in the last place is not followed, and a named pipe does not block the thread. */
const FLAGS = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
const DIRECTORY_FLAGS = FLAGS | constants.O_DIRECTORY;

/**
 * Opens a file for reading. Only links above it are followed. The caller checks what it is.
 *
 * @throws Error of the system; ELOOP if it is a symlink.
 */
export function openFile(path: Buffer | string): number {
  return openSync(path, FLAGS);
}

/**
 * Opens a file at an absolute path in which no part is a symlink, as realpath(3) returns it, but for those of `trusted`, a
 * directory that may be reached by links. The caller checks what it is.
 *
 * @throws Error of the system; ENOTDIR or ELOOP if a part is a symlink by now.
 */
export function openWithoutLinks(path: Buffer, trusted?: string): number {
  return openParts(path, FLAGS, trusted);
}

/** An entry of a directory. */
export interface DirectoryEntry {
  readonly name: Buffer;
  readonly stats: Stats;
  /** Of a symlink. */
  readonly target: Buffer | undefined;
}

/** A directory and what was in it at one time. */
export interface DirectoryListing {
  readonly stats: Stats;
  readonly entries: readonly DirectoryEntry[];
}

/**
 * Lists a directory, whose path is as for `openWithoutLinks`. All entries are those of one directory, whatever happens to its
 * path meanwhile.
 *
 * @throws Error of the system.
 */
export function listWithoutLinks(path: Buffer, trusted?: string): DirectoryListing {
  using stack = new DisposableStack();
  const directory = stack.adopt(openParts(path, DIRECTORY_FLAGS, trusted), closeSync);
  const at = (name: Buffer): Buffer => entryOf(directory, name);
  const names = naming(path, () => readdirSync(pathOf(directory), { encoding: 'buffer' }));
  const entries = names.map((name) =>
    naming(Buffer.concat([path, SLASH, name]), () => {
      const stats = lstatSync(at(name));
      return { name, stats, target: stats.isSymbolicLink() ? readlinkSync(at(name), 'buffer') : undefined };
    }),
  );
  return { stats: fstatSync(directory), entries };
}

/**
 * There is no openat(2) in Node. /proc/self/fd takes its place: the kernel goes on from the open directory itself, not from a
 * path.
 */
function openParts(path: Buffer, flags: number, trusted: string | undefined): number {
  const start = trusted !== undefined && isWithin(path, Buffer.from(trusted)) ? trusted : '/';
  const parts = partsOf(path.subarray(start.length));
  let descriptor = openSync(realpathSync(start), constants.O_RDONLY | constants.O_DIRECTORY);
  for (const [i, part] of parts.entries()) {
    const parent = descriptor;
    try {
      const entry = entryOf(parent, part);
      descriptor = naming(path, () => openSync(entry, i === parts.length - 1 ? flags : DIRECTORY_FLAGS));
    } finally {
      closeSync(parent);
    }
  }
  return descriptor;
}

const SLASH = Buffer.from('/');

function pathOf(descriptor: number): Buffer {
  return Buffer.from(`/proc/self/fd/${descriptor}`);
}

function entryOf(directory: number, name: Buffer): Buffer {
  return Buffer.concat([pathOf(directory), SLASH, name]);
}

/** Gives errors of the system the path that a reader knows instead of that of the open directory. */
function naming<T>(path: Buffer, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof Error) {
      error.message = error.message.replace(/'\/proc\/self\/fd\/.*'$/s, () => `'${printable(path)}'`);
    }
    throw error;
  }
}

function partsOf(path: Buffer): readonly Buffer[] {
  const parts = path.toString('latin1').split('/');
  return parts.filter((part) => part !== '').map((part) => Buffer.from(part, 'latin1'));
}
