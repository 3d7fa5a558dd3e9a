import { existsSync, lstatSync, mkdirSync, mkdtempSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { inputError, userError } from '../errors/user-error.ts';
import { isWithin } from '../host/within.ts';
import { followLinks } from '../nix/follow.ts';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { printable } from '../text/printable.ts';
import { lockName, type NameLock } from './name-lock.ts';
import { writeError, writingTo } from './write-error.ts';

/** The paths of an image file, before and after its verification. */
export interface OutputFile {
  /** Absolute path of the finished file, which does not exist before `accept`. */
  readonly path: string;
  /** The file while it is written and verified. */
  readonly partialPath: string;
  /** For the metadata of a compressed image, during its verification. */
  readonly skeletonPath: string;
  /** Returns the path of another file in the same directory, which is discarded with the image. Deletes an old one. */
  beside(name: string): string;
  /** Renames the verified file to its final name. */
  accept(): void;
  /**
   * Deletes the file under whatever name it has, all files beside it, and the directory if it was created for it alone.
   * Can be called again, and while the file is written: it does not come back. Returns a sentence about what could not
   * be deleted, safe to print, or `undefined`. Files under their final names are those of this run: nobody else has the
   * lock.
   */
  discard(): string | undefined;
  /** Lets other runs write files of that name to the directory. For the end, when nothing is written any more. */
  release(): void;
}

/**
 * Prepares a file `name` in `directory`, or in a new directory below `temporaryDirectory`. Deletes what an earlier run
 * left under this name: a file under the final name must be one that this run has verified. `others` are the names of
 * the files that will be beside it; `name` must not be one of them, and no directory may have any of these names.
 * `imageName` is what all these names have in common, and is locked. Throws a `UserError`; those of writing are described
 * in `writeError`, and those of the lock in `lockName`.
 */
export function prepareOutputFile(
  name: string,
  directory: string | undefined,
  temporaryDirectory: string,
  others: readonly string[] = [],
  imageName: string = name,
): OutputFile {
  if (others.includes(name)) {
    throw inputError({
      input: 'image-name',
      message: `The image cannot be named ${printable(name)}: a file beside it has that name.`,
      remedy: 'Set image-name to another name, such as nixos.img.',
    });
  }
  const outputDirectory =
    directory === undefined
      ? makeTemporaryDirectory(temporaryDirectory, 'nix-ext4-image-', ', or set output-directory')
      : makeOutputDirectory(resolve(directory));
  for (const fileName of [name, ...others]) {
    checkNotDirectory(join(outputDirectory, fileName));
  }
  const lock = lockName(outputDirectory, imageName);
  try {
    return createOutputFile(outputDirectory, name, directory === undefined, lock);
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** `isOwnDirectory` says that the directory was created for this file alone. */
function createOutputFile(directory: string, name: string, isOwnDirectory: boolean, lock: NameLock): OutputFile {
  const path = join(directory, name);
  const partialPath = lock.temporaryPath('partial');
  const skeletonPath = lock.temporaryPath('skeleton');
  const finalFiles: string[] = [];
  writingTo(path, () => rmSync(path, { force: true }));
  return {
    path,
    partialPath,
    skeletonPath,
    beside(otherName) {
      const other = join(directory, otherName);
      writingTo(other, () => rmSync(other, { force: true }));
      finalFiles.push(other);
      return other;
    },
    accept() {
      writingTo(path, () => {
        renameSync(partialPath, path);
        finalFiles.push(path);
        rmSync(skeletonPath, { force: true });
      });
    },
    discard() {
      const problems = [...finalFiles, partialPath, skeletonPath].flatMap((file) => tryToDelete(file, false));
      if (isOwnDirectory) {
        problems.push(...tryToDelete(directory, true));
      }
      if (finalFiles.length === 0) {
        // All that can still be written has names that no other run uses.
        lock.release();
      }
      return problems.length === 0
        ? undefined
        : `Not all files in ${printable(directory)} could be deleted: ${problems.join('; ')}.`;
    },
    release: () => lock.release(),
  };
}

/**
 * Makes a new directory whose name begins with `prefix`. Throws a `UserError` if `temporaryDirectory` is none; `alternative`
 * continues what the user can do.
 */
export function makeTemporaryDirectory(temporaryDirectory: string, prefix: string, alternative = ''): string {
  if (!isDirectory(temporaryDirectory)) {
    throw userError({
      title: 'There is no directory for temporary files',
      message: `${printable(temporaryDirectory)} is not a directory that exists, but RUNNER_TEMP, or TMPDIR without it, names it for temporary files.`,
      remedy: `Set RUNNER_TEMP to a directory that the user of this step may write to${alternative}.`,
    });
  }
  const start = join(temporaryDirectory, prefix);
  return writingTo(start, () => mkdtempSync(start));
}

/** Creates a directory at an absolute path, and its parents, unless it exists, and returns the path. */
function makeOutputDirectory(directory: string): string {
  refuseStore(directory);
  try {
    makeDirectory(directory);
    return directory;
  } catch (cause) {
    if (!NOT_A_DIRECTORY.includes(errorCode(cause))) {
      throw writeError(directory, cause);
    }
    throw inputError({
      input: 'output-directory',
      message: `The output directory ${printable(directory)} cannot be created: it, or one of its parents, is not a directory.`,
      remedy: 'Set output-directory to a directory, or to a path at which one can be created.',
      cause,
    });
  }
}

/** The store is Nix's alone, and root could write to it. */
function refuseStore(directory: string): void {
  let existing = directory;
  while (!existsSync(existing)) {
    existing = dirname(existing);
  }
  if (!isWithin(followLinks(existing), Buffer.from(STORE_DIRECTORY))) {
    return;
  }
  throw inputError({
    input: 'output-directory',
    message: `The output directory ${printable(directory)} is in the Nix store, which nothing but Nix may write to.`,
    remedy: 'Set output-directory to a directory outside of the store, or leave it empty.',
  });
}

/** Does not use the recursion of mkdir, which never ends below /proc, where a missing directory cannot be created. */
function makeDirectory(directory: string): void {
  if (isDirectory(directory)) {
    return;
  }
  const parent = dirname(directory);
  if (parent !== directory) {
    makeDirectory(parent);
  }
  try {
    mkdirSync(directory);
  } catch (error) {
    // Another process may have created it in the meantime.
    if (errorCode(error) !== 'EEXIST' || !isDirectory(directory)) {
      throw error;
    }
  }
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** Codes of mkdir where a part of the path is a file, or a link to nothing. */
const NOT_A_DIRECTORY: readonly unknown[] = ['EEXIST', 'ENOENT', 'ENOTDIR'];

function checkNotDirectory(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return;
  }
  throw inputError({
    input: 'output-directory',
    message: `${printable(path)} is a directory, which the file of that name cannot replace.`,
    remedy: 'Set image-name or output-directory to another name, or delete the directory before this step.',
  });
}

function tryToDelete(path: string, recursive: boolean): readonly string[] {
  try {
    rmSync(path, { recursive, force: true });
    return [];
  } catch (error) {
    return [printable(error instanceof Error ? error.message : String(error))];
  }
}
