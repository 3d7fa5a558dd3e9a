import { closeSync, constants, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { printable } from '../text/printable.ts';
import { kindOf } from './kind-of.ts';
import { openFile } from './open.ts';

/** Enough for any text that a system or a configuration is made of. */
const LIMIT = 16 * 2 ** 20;

export interface ReadOptions {
  /** Bytes that the file may have; 16 MiB by default. */
  readonly limit?: number;
  /** Refuse a symlink instead of following it. */
  readonly noFollow?: boolean;
}

/**
 * Reads a file as a whole.
 *
 * @throws Error if it is not a regular file, so that nothing waits for a pipe or reads a device for ever, if it has more
 * bytes than `limit`, and the error of the system if it cannot be read.
 */
export function readSmallFile(path: string, { limit = LIMIT, noFollow = false }: ReadOptions = {}): Buffer {
  using stack = new DisposableStack();
  const descriptor = stack.adopt(noFollow ? openFile(path) : openSync(path, FOLLOWING), closeSync);
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) {
    throw new Error(`${printable(path)} is ${kindOf(stats)}; a regular file was expected.`);
  }
  if (stats.size > limit) {
    throw new Error(`${printable(path)} has ${stats.size} bytes; at most ${limit} were expected.`);
  }
  return readUpTo(descriptor, stats.size, limit, path);
}

/** As `readSmallFile`; `undefined` if there is no file. */
export function readSmallFileIfAny(path: string, options?: ReadOptions): Buffer | undefined {
  return existsSync(path) ? readSmallFile(path, options) : undefined;
}

/** A named pipe does not block the thread. */
const FOLLOWING = constants.O_RDONLY | constants.O_NONBLOCK;

/** Files of /proc have a size of 0, and others may grow: the end is where reading ends. */
function readUpTo(descriptor: number, size: number, limit: number, path: string): Buffer {
  let bytes = Buffer.alloc(Math.min(size + 1, limit + 1));
  let done = 0;
  for (;;) {
    const count = readSync(descriptor, bytes, done, bytes.length - done, null);
    done += count;
    if (done > limit) {
      throw new Error(`${printable(path)} has more than ${limit} bytes, which were expected at most.`);
    }
    if (count === 0) {
      return bytes.subarray(0, done);
    }
    if (done === bytes.length) {
      bytes = Buffer.concat([bytes], Math.min(2 * bytes.length + 4096, limit + 1));
    }
  }
}
