import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { printable } from '../text/printable.ts';
import { findNixStore, type NixStoreOptions, nixStoreInBatches, parsePathLines } from './nix-store.ts';
import { baseNameProblem, storeDirectory } from './store-path.ts';

/** As many as Linux follows (path_resolution(7)). */
const MAX_LINKS = 40;

const REMEDY = 'Build it in a step before this one, for instance with `nix build` or `nix-store --realise`.';

/**
 * The store paths that `inputs` lead to: each is a store path, something in one, or a link to such (`./result`).
 * Links are followed as Nix does, until they are in the store: a store path that is itself a symlink is meant itself.
 * Relative inputs begin at `workingDirectory`, by default the process's. Each store path is given once, in the order of
 * the inputs.
 *
 * Throws an `Error` that names the input if it does not exist, leads out of the store, or if Nix's database does not
 * have the store path as valid.
 */
export async function resolveStorePaths(
  inputs: readonly string[],
  options: NixStoreOptions = {},
  workingDirectory: string = process.cwd(),
): Promise<string[]> {
  findNixStore(options);
  const directory = options.directory ?? storeDirectory();
  const inputOf = new Map<string, string>();
  for (const input of inputs) {
    inputOf.set(locate(input, resolve(workingDirectory, input), directory), input);
  }
  await checkValid(inputOf, directory, options);
  return [...inputOf.keys()];
}

function locate(input: string, path: string, directory: string): string {
  const shown = `'${printable(input)}'`;
  let found: string | undefined;
  try {
    found = baseNameInStore(path, realpathSync(directory));
  } catch (cause) {
    const problem = cause instanceof Error ? printable(cause.message) : '';
    if (errorCode(cause) === 'ENOENT') {
      throw new Error(`The store path ${shown} does not exist (${problem}). ${REMEDY}`, { cause });
    }
    throw new Error(`The store path ${shown} cannot be followed: ${problem}.`, { cause });
  }
  if (found === undefined) {
    throw new Error(
      `${shown} is not in the Nix store: it leads to '${printable(realpathSync(path))}', not into ${directory}.`,
    );
  }
  const problem = baseNameProblem(found);
  if (problem !== undefined) {
    throw new Error(`${shown} leads to '${printable(found)}' in ${directory}, which is not a store path: ${problem}.`);
  }
  return join(directory, found);
}

/** The entry of the directory `store` that `path` leads to or into; `undefined` if it leads elsewhere. */
function baseNameInStore(path: string, store: string): string | undefined {
  let current = path;
  for (let links = 0; links <= MAX_LINKS; links++) {
    const stop = firstLinkOrStorePath(current, store);
    if (stop === undefined) {
      return undefined;
    }
    const rest = current.slice(stop.length + 1);
    if (dirname(stop) === store) {
      lstatSync(current);
      return stop.slice(store.length + 1);
    }
    current = resolve(dirname(stop), readlinkSync(stop), rest);
  }
  throw new Error(`more than ${MAX_LINKS} links`);
}

/** The shortest leading part of `path` that is a symlink or an entry of `store`. */
function firstLinkOrStorePath(path: string, store: string): string | undefined {
  for (let end = path.indexOf('/', 1); ; end = path.indexOf('/', end + 1)) {
    const part = end < 0 ? path : path.slice(0, end);
    if (dirname(part) === store || lstatSync(part).isSymbolicLink()) {
      return part;
    }
    if (end < 0) {
      return undefined;
    }
  }
}

async function checkValid(
  inputOf: ReadonlyMap<string, string>,
  directory: string,
  options: NixStoreOptions,
): Promise<void> {
  const check = ['--check-validity', '--print-invalid'];
  const invalid = parsePathLines(await nixStoreInBatches(check, [...inputOf.keys()], options), directory);
  if (invalid.length > 0) {
    const names = invalid.map((path) => `'${path}' (${printable(inputOf.get(path) ?? path)})`);
    throw new Error(`Not valid in the database of Nix: ${names.join(', ')}. ${REMEDY}`);
  }
}
