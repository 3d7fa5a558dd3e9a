import { realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { inputError, type UserError, userError } from '../errors/user-error.ts';
import { printable } from '../text/printable.ts';
import { followToStore } from './follow.ts';
import { findNixStore, type NixStoreOptions, nixStore, nixStoreInBatches, parsePathLines } from './nix-store.ts';
import { baseNameProblem, storeDirectory } from './store-path.ts';

const BUILD_IT = 'Build it in a step before this one, for instance with `nix build` or `nix-store --realise`.';

/**
 * Returns the store paths that `inputs` lead to: each input is a store path, a file in one, or a link to either
 * (`./result`). Links are followed as Nix does, until they are in the store: a store path that is a symlink stands for
 * itself. Relative inputs start at `workingDirectory`, by default that of the process. Each store path is returned once,
 * in the order of the inputs.
 *
 * Throws a `UserError` that names the input if it does not exist or leads out of the store, if its store path is not valid
 * in the database of Nix, or if it is a derivation.
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
  for (const path of inputOf.keys()) {
    await refuseDerivation(path, directory, options);
  }
  return [...inputOf.keys()];
}

function locate(input: string, path: string, directory: string): string {
  const shown = `'${printable(input)}'`;
  let found: string | undefined;
  try {
    found = followToStore(path, directory);
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

async function checkValid(
  inputOf: ReadonlyMap<string, string>,
  directory: string,
  options: NixStoreOptions,
): Promise<void> {
  const check = ['--check-validity', '--print-invalid'];
  const invalid = parsePathLines(await nixStoreInBatches(check, [...inputOf.keys()], options), directory);
  if (invalid.length > 0) {
    const names = invalid.map((path) => {
      const input = inputOf.get(path) ?? path;
      return input === path ? `'${path}'` : `'${path}' (${printable(input)})`;
    });
    throw userError({
      title: 'A store path is not valid',
      message: `Not valid in the database of Nix: ${names.join(', ')}.`,
      remedy: `${BUILD_IT} A cache that restores the store must restore the database in /nix/var/nix/db with it.`,
    });
  }
}

/** The closure of a derivation is what it is built from: recipes and sources, and nothing that runs. */
async function refuseDerivation(path: string, directory: string, options: NixStoreOptions): Promise<void> {
  if (!path.endsWith('.drv')) {
    return;
  }
  const outputs = await outputsOf(path, directory, options);
  throw inputError({
    input: 'store-paths',
    message:
      `${path} is a derivation, which says how to build something: the image would hold only that, and nothing that ` +
      `runs. ${outputs.length === 0 ? 'Its outputs are known only when it is built.' : `Its outputs: ${outputs.join(', ')}.`}`,
    remedy: `Build it in a step before this one (\`nix-store --realise ${path}\`), and set store-paths to the outputs.`,
  });
}

/** None if Nix does not know them, as for derivations whose outputs are named by their contents. */
async function outputsOf(path: string, directory: string, options: NixStoreOptions): Promise<readonly string[]> {
  try {
    const { stdout } = await nixStore(['--query', '--outputs', path], options);
    return parsePathLines(stdout, directory);
  } catch {
    options.signal?.throwIfAborted();
    return [];
  }
}
