import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { parseRegistration } from '../nix/registration.ts';
import { printable } from '../text/printable.ts';
import { type EarlierStorePath, readManifestPaths } from './manifest-read.ts';

/** What an earlier image held. */
export interface Baseline {
  /** Name of the file that tells it. */
  readonly name: string;
  readonly storePaths: readonly EarlierStorePath[];
}

/**
 * Reads the file that the input `baseline` names: the manifest of an earlier image, or its registration, as it stands in
 * the image as /nix-path-registration and as `nix-store --dump-db` prints it. Throws an error with a title and a remedy
 * for anything else.
 */
export function readBaseline(file: string, directory = '/nix/store'): Baseline {
  try {
    const { size } = statSync(file);
    if (size > LARGEST_FILE) {
      throw new Error(`It has ${size} bytes, which is too much for a list of store paths.`);
    }
    const contents = readFileSync(file);
    const storePaths = isJson(contents)
      ? readManifestPaths(contents.toString(), directory)
      : parseRegistration(contents, directory).map(({ path, size: narSize }) => ({ path, narSize }));
    if (storePaths.length === 0) {
      throw new Error('It names no store paths.');
    }
    return { name: basename(file), storePaths };
  } catch (cause) {
    throw Object.assign(new Error(`The baseline ${printable(file)} cannot be read.`, { cause }), {
      title: 'Wrong input baseline',
      remedy:
        'Set baseline to the .manifest.json that an earlier run left beside its image, or to the nix-path-registration of an ' +
        'earlier image, or leave it out.',
    });
  }
}

/** Well above a million store paths; an image that is given by mistake need not be read to the end. */
const LARGEST_FILE = 512 * 2 ** 20;

/** A registration begins with a store path. */
function isJson(contents: Buffer): boolean {
  return /^\s*[{[]/.test(contents.toString('latin1', 0, 100));
}
