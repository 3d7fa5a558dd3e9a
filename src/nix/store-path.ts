import { isAbsolute, normalize } from 'node:path/posix';
import { printable } from '../text/printable.ts';

/** `/nix/store/<hash>-<name>`, in its parts. */
export interface StorePath {
  /** The whole, `/nix/store/<hash>-<name>`. */
  readonly path: string;
  /** `<hash>-<name>`. */
  readonly baseName: string;
  /** 32 digits of Nix base 32. */
  readonly hash: string;
  readonly name: string;
}

const DEFAULT_STORE = '/nix/store';
const HASH_LENGTH = 32;
const MAX_NAME_LENGTH = 211;

/** The directory of the Nix store, as Nix itself finds it: NIX_STORE_DIR, NIX_STORE or `/nix/store`. */
export function storeDirectory(environment: Readonly<Record<string, string | undefined>> = process.env): string {
  const directory = environment.NIX_STORE_DIR || environment.NIX_STORE || DEFAULT_STORE;
  if (!isAbsolute(directory)) {
    throw new Error(`NIX_STORE_DIR must be an absolute path, but is '${printable(directory)}'.`);
  }
  return normalize(directory).replace(/\/$/, '');
}

/** Takes a store path apart; throws an `Error` that names the path and what is wrong if it is none of `directory`. */
export function parseStorePath(path: string, directory: string): StorePath {
  const baseName = path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : undefined;
  const problem = baseName === undefined ? `it is not in ${printable(directory)}` : baseNameProblem(baseName);
  if (baseName === undefined || problem !== undefined) {
    throw new Error(`'${printable(path)}' is not a store path: ${problem}.`);
  }
  return { path, baseName, hash: baseName.slice(0, HASH_LENGTH), name: baseName.slice(HASH_LENGTH + 1) };
}

/**
 * What keeps `baseName` from being the base name of a store path, or `undefined` if it is one.
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
    return 'its name may hold letters, digits and +-._?= only';
  }
  if (/^\.\.?(-|$)/.test(name)) {
    return "its name must not begin with '.' or '..' as a part of its own";
  }
  return undefined;
}

/** Orders store paths as Nix does, by the bytes of their base names: they are ASCII, and share their directory. */
export function compareStorePaths(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
