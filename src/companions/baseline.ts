import { basename } from 'node:path';
import { inputError } from '../errors/user-error.ts';
import { readSmallFile } from '../host/small-file.ts';
import { parseRegistration } from '../nix/registration.ts';
import { parseStorePath, STORE_DIRECTORY } from '../nix/store-path.ts';
import { isObject } from '../text/json.ts';
import { printable } from '../text/printable.ts';
import { MANIFEST_VERSION } from './manifest.ts';

/** The contents of an earlier image. */
export interface Baseline {
  /** Name of the file that lists them. */
  readonly name: string;
  readonly storePaths: readonly EarlierStorePath[];
}

/** A store path of an earlier image. */
export interface EarlierStorePath {
  readonly path: string;
  /** Bytes of the path as a Nix archive. */
  readonly narSize: number;
}

/**
 * Reads the file in the input `baseline`: the manifest of an earlier image, or its registration in the format of
 * /nix-path-registration or of `nix-store --dump-db`. Throws a `UserError` for any other file.
 */
export function readBaseline(file: string, directory = STORE_DIRECTORY): Baseline {
  try {
    const storePaths = readStorePaths(file, directory);
    if (storePaths.length === 0) {
      throw new Error('The file lists no store paths.');
    }
    return { name: basename(file), storePaths };
  } catch (cause) {
    throw inputError({
      input: 'baseline',
      message: `The baseline ${printable(file)} cannot be read.`,
      remedy:
        'Set baseline to the .manifest.json that an earlier run left beside its image, or to the nix-path-registration of an ' +
        'earlier image, or leave it empty.',
      cause,
    });
  }
}

function readStorePaths(file: string, directory: string): readonly EarlierStorePath[] {
  const contents = readSmallFile(file, { limit: LARGEST_FILE });
  if (isJson(contents)) {
    return parseManifest(contents.toString(), directory);
  }
  return parseRegistration(contents, directory).map(({ path, size: narSize }) => ({ path, narSize }));
}

/** Bytes. Enough for 300,000 store paths; an image given by mistake is not read. */
const LARGEST_FILE = 128 * 2 ** 20;

/** A registration starts with a store path, and a manifest is an object. */
function isJson(contents: Buffer): boolean {
  return /^\s*\{/.test(contents.toString('latin1', 0, 100));
}

/** The store paths of a manifest. Throws an `Error` if it is not a manifest of the supported version. */
function parseManifest(text: string, directory: string): readonly EarlierStorePath[] {
  const manifest: unknown = JSON.parse(text);
  if (!isObject(manifest) || typeof manifest.manifestVersion !== 'number' || !Array.isArray(manifest.storePaths)) {
    throw new Error('The JSON has no manifestVersion and storePaths: it is not the manifest of an image.');
  }
  if (manifest.manifestVersion !== MANIFEST_VERSION) {
    throw new Error(
      `The manifest has the version ${manifest.manifestVersion}; only version ${MANIFEST_VERSION} is supported.`,
    );
  }
  const entries: readonly unknown[] = manifest.storePaths;
  return entries.map((entry, i) => {
    if (!isObject(entry) || typeof entry.path !== 'string' || !isSize(entry.narSize)) {
      throw new Error(`Entry ${i} of storePaths has no valid path and narSize.`);
    }
    return { path: parseStorePath(entry.path, directory).path, narSize: entry.narSize };
  });
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
