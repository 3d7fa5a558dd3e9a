import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { printable } from '../text/printable.ts';
import { programError } from './program-error.ts';

/**
 * The absolute path of a program: the first executable of that name in the directories of `searchPath` (PATH by
 * default), then in `extraDirectories`, for what a distribution keeps out of the usual PATH, such as /sbin. Relative
 * directories are skipped, so that a file in a checkout is not taken for a program. Throws `PROGRAM_MISSING`.
 */
export function findProgram(
  name: string,
  {
    extraDirectories = [],
    searchPath = process.env.PATH ?? '',
  }: { readonly extraDirectories?: readonly string[]; readonly searchPath?: string | undefined } = {},
): string {
  for (const directory of [...searchPath.split(delimiter), ...extraDirectories]) {
    const candidate = join(directory, name);
    if (isAbsolute(directory) && isExecutable(candidate)) {
      return candidate;
    }
  }
  const extra = extraDirectories.length > 0 ? ` or in ${extraDirectories.map(printable).join(', ')}` : '';
  throw programError({
    code: 'PROGRAM_MISSING',
    message: `The program ${printable(name)} was not found in PATH${extra}.`,
  });
}

/** Finds a program of the system, such as e2fsck, which distributions keep out of a user's PATH. Throws `PROGRAM_MISSING`. */
export function findSystemProgram(name: string): string {
  return findProgram(name, { extraDirectories: SYSTEM_DIRECTORIES });
}

const SYSTEM_DIRECTORIES = ['/sbin', '/usr/sbin', '/usr/local/sbin', '/run/current-system/sw/bin'];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
