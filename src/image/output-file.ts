import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the finished image goes, and where it is until it is proved. */
export interface OutputFile {
  /** Absolute path of the finished file. It does not exist before `accept`. */
  readonly path: string;
  /** The file while it is written and proved. */
  readonly partialPath: string;
  /** For the metadata of a compressed image, while it is proved. */
  readonly skeletonPath: string;
  /** Path of a further file of the same folder, which is removed with the image. */
  beside(name: string): string;
  /** Gives the proved file its final name. */
  accept(): void;
  /** Removes the file, whatever its name by now, and the folder if it was made for it alone. */
  discard(): void;
}

/**
 * Prepares a file `name` in `folder`, or in a new folder below `temporaryFolder`. What an earlier run left under these
 * names is removed: a file under the final name must be one that this run has proved.
 */
export function prepareOutputFile(name: string, folder: string | undefined, temporaryFolder: string): OutputFile {
  const directory = folder === undefined ? mkdtempSync(join(temporaryFolder, 'nix-ext4-image-')) : resolve(folder);
  mkdirSync(directory, { recursive: true });
  const path = join(directory, name);
  const partialPath = join(directory, `.${name}.partial`);
  const skeletonPath = join(directory, `.${name}.skeleton`);
  const remove = (paths: readonly string[]): void => {
    for (const file of paths) rmSync(file, { force: true });
  };
  const others: string[] = [];
  remove([path, partialPath, skeletonPath]);
  return {
    path,
    partialPath,
    skeletonPath,
    beside(other) {
      const otherPath = join(directory, other);
      others.push(otherPath);
      remove([otherPath]);
      return otherPath;
    },
    accept() {
      renameSync(partialPath, path);
      remove([skeletonPath]);
    },
    discard() {
      remove([path, partialPath, skeletonPath, ...others]);
      if (folder === undefined) rmSync(directory, { recursive: true, force: true });
    },
  };
}
