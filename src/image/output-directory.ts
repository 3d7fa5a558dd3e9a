import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { printable } from '../text/printable.ts';
import { writeError } from './write-error.ts';

/** Makes a directory, and those that it is in, unless they are there. `directory` is absolute. Errors as in `writeError`. */
export function makeOutputDirectory(directory: string): void {
  try {
    make(directory);
  } catch (cause) {
    if (!NO_DIRECTORY.includes(errorCode(cause))) {
      throw writeError(directory, cause);
    }
    throw Object.assign(
      new Error(
        `The output directory ${printable(directory)} cannot be made: it, or what it is to be in, is no directory.`,
        {
          cause,
        },
      ),
      { remedy: 'Set output-directory to a directory, or to a path at which one can be made.' },
    );
  }
}

/** Not mkdir's own recursion: below /proc, where a directory is said not to be there and cannot be made, it never ends. */
function make(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) {
    return;
  }
  const parent = dirname(directory);
  if (parent !== directory) {
    make(parent);
  }
  try {
    mkdirSync(directory);
  } catch (error) {
    // Another process made it at this moment.
    if (errorCode(error) !== 'EEXIST' || statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw error;
    }
  }
}

/** What mkdir says where a part of the path is a file, or a link that leads to nothing. */
const NO_DIRECTORY: readonly unknown[] = ['EEXIST', 'ENOENT', 'ENOTDIR'];
