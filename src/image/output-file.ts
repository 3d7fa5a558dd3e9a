import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printable } from '../text/printable.ts';
import { makeOutputDirectory } from './output-directory.ts';
import { writingTo } from './write-error.ts';

/** Where the finished image goes, and where it is until it is verified. */
export interface OutputFile {
  /** Absolute path of the finished file. It does not exist before `accept`. */
  readonly path: string;
  /** The file while it is written and verified. */
  readonly partialPath: string;
  /** For the metadata of a compressed image, while it is verified. */
  readonly skeletonPath: string;
  /** Path of a further file in the same directory, which is discarded with the image. What was there is removed. */
  beside(name: string): string;
  /** Gives the verified file its final name. */
  accept(): void;
  /**
   * Removes the file, whatever its name by now, and the directory if it was made for it alone. Can be called again, and
   * while the file is written: it does not come back. Gives an error that names what could not be removed, if anything.
   */
  discard(): Error | undefined;
}

/**
 * Prepares a file `name` in `directory`, or in a new directory below `temporaryDirectory`. What an earlier run left under this
 * name is removed: a file under the final name must be one that this run has verified. `others` are the names of files that
 * are to stand beside it. A directory that has one of these names is refused, and so is a `name` that is among them. Other
 * errors as in `writeError`.
 */
export function prepareOutputFile(
  name: string,
  directory: string | undefined,
  temporaryDirectory: string,
  others: readonly string[] = [],
): OutputFile {
  if (others.includes(name)) {
    throw nameInUse(name);
  }
  const outputDirectory = directory === undefined ? makeDirectory(temporaryDirectory) : resolve(directory);
  const path = join(outputDirectory, name);
  // Not the name itself, which may be as long as names can be.
  const hidden = join(
    outputDirectory,
    `.nix-ext4-image-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`,
  );
  const partialPath = `${hidden}.partial`;
  const skeletonPath = `${hidden}.skeleton`;
  makeOutputDirectory(outputDirectory);
  for (const fileName of [name, ...others]) {
    refuseDirectory(join(outputDirectory, fileName));
  }
  writingTo(path, () => {
    for (const file of [path, partialPath, skeletonPath]) {
      rmSync(file, { force: true });
    }
  });
  const made: string[] = [];
  return {
    path,
    partialPath,
    skeletonPath,
    beside(otherName) {
      const other = join(outputDirectory, otherName);
      writingTo(other, () => rmSync(other, { force: true }));
      made.push(other);
      return other;
    },
    accept() {
      writingTo(path, () => {
        renameSync(partialPath, path);
        rmSync(skeletonPath, { force: true });
      });
    },
    discard() {
      const files = [path, partialPath, skeletonPath, ...made];
      const errors = files.flatMap((file) => tryToRemove(file, false));
      if (directory === undefined) {
        errors.push(...tryToRemove(outputDirectory, true));
      }
      if (errors.length === 0) {
        return undefined;
      }
      return new AggregateError(
        errors,
        `What was written in ${printable(outputDirectory)} could not be removed in full.`,
      );
    },
  };
}

function makeDirectory(temporaryDirectory: string): string {
  return writingTo(join(temporaryDirectory, DIRECTORY_PREFIX), () =>
    mkdtempSync(join(temporaryDirectory, DIRECTORY_PREFIX)),
  );
}

const DIRECTORY_PREFIX = 'nix-ext4-image-';

function refuseDirectory(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) {
    return;
  }
  throw Object.assign(new Error(`${printable(path)} is a directory: the file of that name cannot take its place.`), {
    remedy: 'Set image-name or output-directory to another name, or delete the directory before this step.',
  });
}

function nameInUse(name: string): Error {
  return Object.assign(new Error(`The image cannot be named ${printable(name)}: a file beside it has that name.`), {
    remedy: 'Set image-name to another name, such as nixos.img.',
  });
}

function tryToRemove(path: string, recursive: boolean): readonly Error[] {
  try {
    rmSync(path, { recursive, force: true });
    return [];
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error))];
  }
}
