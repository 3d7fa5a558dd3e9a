import { lstatSync, readlinkSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { inputError, type UserError, userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';
import { findNixStore, type NixStoreOptions, nixStoreInBatches, parsePathLines } from './nix-store.ts';
import { baseNameProblem, storeDirectory } from './store-path.ts';

/** Linux follows as many (path_resolution(7)). */
const MAX_LINKS = 40;

const BUILD_IT = 'Build it in a step before this one, for instance with `nix build` or `nix-store --realise`.';

/**
 * Returns the store paths that `inputs` lead to: each input is a store path, a file in one, or a link to either
 * (`./result`). Links are followed as Nix does, until they are in the store: a store path that is a symlink stands for
 * itself. Relative inputs start at `workingDirectory`, by default that of the process. Each store path is returned once,
 * in the order of the inputs.
 *
 * Throws a `UserError` that names the input if it does not exist or leads out of the store, or if its store path is not
 * valid in the database of Nix.
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
    throw unreachable(shown, cause);
  }
  if (found === undefined) {
    throw storePathsError(
      `${shown} is not in the Nix store: it leads to '${printable(realpathSync(path))}', not into ${printable(directory)}.`,
    );
  }
  const problem = baseNameProblem(found);
  if (problem !== undefined) {
    throw storePathsError(
      `${shown} leads to '${printable(found)}' in ${printable(directory)}, which is not a store path: ${problem}.`,
    );
  }
  return join(directory, found);
}

function unreachable(shown: string, cause: unknown): UserError {
  const problem = cause instanceof Error ? printable(cause.message) : '';
  if (errorCode(cause) === 'ENOENT') {
    const message = `The store path ${shown} does not exist (${problem}).`;
    return inputError({ input: 'store-paths', message, remedy: BUILD_IT, cause });
  }
  return storePathsError(`The store path ${shown} cannot be followed: ${problem}.`, cause);
}

function storePathsError(message: string, cause?: unknown): UserError {
  const remedy = 'Set store-paths to store paths, or to links to them such as ./result of `nix build`.';
  return inputError({ input: 'store-paths', message, remedy, cause });
}

/** Returns the entry of the directory `store` that `path` leads to or into; `undefined` if it leads elsewhere. */
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

/** Returns the shortest leading part of `path` that is a symlink or an entry of `store`. */
function firstLinkOrStorePath(path: string, store: string): string | undefined {
  let part = '';
  for (const name of path.slice(1).split('/')) {
    part += `/${name}`;
    if (dirname(part) === store || lstatSync(part).isSymbolicLink()) {
      return part;
    }
  }
  return undefined;
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
    throw userError({
      title: 'A store path is not valid',
      message: `Not valid in the database of Nix: ${names.join(', ')}.`,
      remedy: BUILD_IT,
    });
  }
}
