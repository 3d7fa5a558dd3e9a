import { isAbsolute, normalize } from 'node:path/posix';
import { userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';

/** A store path, `/nix/store/<hash>-<name>`, and its parts. */
export interface StorePath {
  /** The whole path. */
  readonly path: string;
  /** `<hash>-<name>`. */
  readonly baseName: string;
  /** 32 digits of Nix base 32. */
  readonly hash: string;
  readonly name: string;
}

/** The directory of the Nix store in every image; on this machine it may be another one. */
export const STORE_DIRECTORY = '/nix/store';

/** Every timestamp in a Nix store, and so in an image: one second after 1970. */
export const STORE_TIME = 1;

/** Digits of the hash in a store path. */
export const HASH_LENGTH = 32;
const MAX_NAME_LENGTH = 211;

/** Returns the directory of this machine's Nix store, as Nix finds it: NIX_STORE_DIR, NIX_STORE or `/nix/store`. */
export function storeDirectory(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const directory = environment.NIX_STORE_DIR || environment.NIX_STORE || STORE_DIRECTORY;
  if (!isAbsolute(directory)) {
    throw userError({
      title: 'Invalid NIX_STORE_DIR',
      message: `NIX_STORE_DIR must be an absolute path, but is '${printable(directory)}'.`,
      remedy: 'Set NIX_STORE_DIR to an absolute path, or unset it.',
    });
  }
  return normalize(directory).replace(/\/$/, '');
}

/** Parses a store path. Throws an `Error` that shows the path, and says why, if it is not one of `directory`. */
export function parseStorePath(path: string, directory: string): StorePath {
  const baseName = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
  const problem = baseName === undefined ? `it is not in ${printable(directory)}` : baseNameProblem(baseName);
  if (baseName === undefined || problem !== undefined) {
    throw new Error(`'${printable(path)}' is not a store path: ${problem}.`);
  }
  return { path, baseName, hash: baseName.slice(0, HASH_LENGTH), name: baseName.slice(HASH_LENGTH + 1) };
}

/**
 * Returns why `baseName` is not the base name of a store path, or `undefined` if it is one.
 * Rules: Nix, src/libstore/path.cc, checkName and StorePath::StorePath.
 */
export function baseNameProblem(baseName: string): string | undefined {
  const name = baseName.slice(HASH_LENGTH + 1);
  if (!/^[0-9abcdfghijklmnpqrsvwxyz]{32}-/.test(baseName)) {
    return `it must begin with ${HASH_LENGTH} characters of Nix base 32 and a dash`;
  }
  if (name === '' || name.length > MAX_NAME_LENGTH) {
    return `its name must have 1 to ${MAX_NAME_LENGTH} characters, but has ${name.length}`;
  }
  if (!/^[0-9a-zA-Z+\-._?=]*$/.test(name)) {
    return 'its name may only have letters, digits and +-._?=';
  }
  if (/^\.\.?(-|$)/.test(name)) {
    return "its name must not begin with '.' or '..' before a dash or the end";
  }
  return undefined;
}

/** Orders store paths as Nix does, by the bytes of their base names: they are ASCII, and share their directory. */
export function compareStorePaths(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
