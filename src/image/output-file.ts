import { createHash } from 'node:crypto';
import { lstatSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { printable } from '../text/printable.ts';
import { makeOutputFolder } from './output-directory.ts';
import { writingTo } from './write-error.ts';

/** Where the finished image goes, and where it is until it is proved. */
export interface OutputFile {
  /** Absolute path of the finished file. It does not exist before `accept`. */
  readonly path: string;
  /** The file while it is written and proved. */
  readonly partialPath: string;
  /** For the metadata of a compressed image, while it is proved. */
  readonly skeletonPath: string;
  /** Path of a further file in the same folder, which is discarded with the image. What was there is removed. */
  beside(name: string): string;
  /** Gives the proved file its final name. */
  accept(): void;
  /**
   * Removes the file, whatever its name by now, and the folder if it was made for it alone. Can be called again, and
   * while the file is written: it does not come back. Gives an error that names what could not be removed, if anything.
   */
  discard(): Error | undefined;
}

/**
 * Prepares a file `name` in `folder`, or in a new folder below `temporaryFolder`. What an earlier run left under this
 * name is removed: a file under the final name must be one that this run has proved. `others` are the names of files that
 * are to stand beside it. A folder that has one of these names is refused, and so is a `name` that is among them. Other
 * errors as in `writeError`.
 */
export function prepareOutputFile(
  name: string,
  folder: string | undefined,
  temporaryFolder: string,
  others: readonly string[] = [],
): OutputFile {
  if (others.includes(name)) throw nameInUse(name);
  const directory = folder === undefined ? makeFolder(temporaryFolder) : resolve(folder);
  const path = join(directory, name);
  // Not the name itself, which may be as long as names can be.
  const hidden = join(directory, `.nix-ext4-image-${createHash('sha256').update(name).digest('hex').slice(0, 16)}`);
  const partialPath = `${hidden}.partial`;
  const skeletonPath = `${hidden}.skeleton`;
  makeOutputFolder(directory);
  for (const fileName of [name, ...others]) refuseFolder(join(directory, fileName));
  writingTo(path, () => {
    for (const file of [path, partialPath, skeletonPath]) rmSync(file, { force: true });
  });
  const made: string[] = [];
  return {
    path,
    partialPath,
    skeletonPath,
    beside(otherName) {
      const other = join(directory, otherName);
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
      if (folder === undefined) errors.push(...tryToRemove(directory, true));
      if (errors.length === 0) return undefined;
      return new AggregateError(errors, `What was written in ${printable(directory)} could not be removed in full.`);
    },
  };
}

function makeFolder(temporaryFolder: string): string {
  return writingTo(join(temporaryFolder, FOLDER_PREFIX), () => mkdtempSync(join(temporaryFolder, FOLDER_PREFIX)));
}

const FOLDER_PREFIX = 'nix-ext4-image-';

function refuseFolder(path: string): void {
  if (lstatSync(path, { throwIfNoEntry: false })?.isDirectory() !== true) return;
  throw Object.assign(new Error(`${printable(path)} is a folder: the file of that name cannot take its place.`), {
    remedy: 'Set image-name or output-directory to another name, or delete the folder before this step.',
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
