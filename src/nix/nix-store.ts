import { type UserError, userError } from '../errors/user-error.ts';
import { findProgram } from '../process/find-program.ts';
import { isProgramMissing, programError } from '../process/program-error.ts';
import { type RunResult, run } from '../process/run.ts';
import { printable } from '../text/printable.ts';
import { parseStorePath, STORE_DIRECTORY, storeDirectory } from './store-path.ts';
import { isLocalStore, storeSetting } from './store-setting.ts';

/** How nix-store is run. */
export interface NixStoreOptions {
  /** The directory of the store; `storeDirectory()` by default. */
  readonly directory?: string | undefined;
  /** Milliseconds that one call of nix-store may take; 10 minutes by default. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Environment variables that override those of this process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

const TIMEOUT = 10 * 60 * 1000;

/** Systems accept at least 128 KiB of arguments and environment. */
const BATCH_BYTES = 100 * 1024;

/** Returns the path of nix-store. Throws a `PROGRAM_MISSING` error that says how to install Nix if there is none. */
export function findNixStore({ environment }: NixStoreOptions): string {
  try {
    return findProgram('nix-store', { searchPath: environment?.PATH ?? process.env.PATH });
  } catch (cause) {
    if (!isProgramMissing(cause)) {
      throw cause;
    }
    throw programError({
      code: 'PROGRAM_MISSING',
      message: 'Nix is not installed: there is no nix-store in PATH.',
      remedy:
        'Install Nix in a step before this one, such as `uses: cachix/install-nix-action` or ' +
        '`uses: DeterminateSystems/nix-installer-action`.',
      cause,
    });
  }
}

/**
 * Checks, before any work, that the nix-store in PATH is that of Nix or Lix, and returns its version, such as `2.31.2`.
 * Throws a `UserError` if it is not installed, if it is another program, and if its store is not the one of this machine in
 * /nix/store, where an image has it.
 */
export async function checkNixStore(options: NixStoreOptions = {}): Promise<string> {
  const environment = { ...process.env, ...options.environment };
  const directory = options.directory ?? storeDirectory(environment);
  if (directory !== STORE_DIRECTORY) {
    throw userError({
      title: 'The Nix store is in another directory',
      message: `The Nix store is in '${printable(directory)}', but its paths work only in ${STORE_DIRECTORY}, where an image has them.`,
      remedy: `Unset NIX_STORE_DIR and NIX_STORE, and build into ${STORE_DIRECTORY}.`,
    });
  }
  const { url, from } = storeSetting(environment);
  if (!isLocalStore(url)) {
    throw userError({
      title: 'Nix uses another store',
      message:
        `Nix uses the store '${printable(withoutUser(url))}', as ${printable(from)} says. This action reads the files of ` +
        `the store at ${STORE_DIRECTORY} on this machine, which is not that one.`,
      remedy:
        `Let Nix use the store at ${STORE_DIRECTORY} (unset NIX_REMOTE, or the setting store of nix.conf), and build there, ` +
        'or copy the store paths there with `nix copy` in a step before this one.',
    });
  }
  const { stdout } = await nixStore(['--version'], { ...options, timeout: VERSION_TIMEOUT });
  const version = /^nix-store \(.*\) (\S+)$/m.exec(stdout.toString('latin1'))?.[1];
  if (version === undefined) {
    throw programError({
      code: 'PROGRAM_UNSUITABLE',
      message: `The nix-store in PATH, ${printable(findNixStore(options))}, does not print the version of Nix.`,
      remedy: 'Check which program it is (`nix-store --version`), and install Nix in a step before this one.',
    });
  }
  return version;
}

const VERSION_TIMEOUT = 60_000;

/** A URL without user and password. */
function withoutUser(url: string): string {
  return url.replace(/(:\/\/)[^/?]*@/, '$1');
}

/** Runs nix-store. Errors as in `run` and `findNixStore`. */
export function nixStore(args: readonly string[], options: NixStoreOptions): Promise<RunResult> {
  const { timeout = TIMEOUT, signal, environment } = options;
  return run(findNixStore(options), args, { timeout, signal, environment });
}

/** Runs nix-store with `args` and the store paths, in batches that a command line can hold, and returns its output. */
export async function nixStoreInBatches(
  args: readonly string[],
  paths: readonly string[],
  options: NixStoreOptions,
): Promise<Buffer> {
  const outputs: Buffer[] = [];
  for (const batch of inBatches(paths)) {
    const { stdout } = await nixStore([...args, ...batch], options);
    outputs.push(stdout);
  }
  return Buffer.concat(outputs);
}

/** Cuts `paths` into batches that one command line can hold. */
export function inBatches(paths: readonly string[]): string[][] {
  const batches: string[][] = [];
  let space = 0;
  for (const path of paths) {
    space -= path.length + 1;
    if (space < 0) {
      batches.push([]);
      space = BATCH_BYTES - path.length - 1;
    }
    batches.at(-1)?.push(path);
  }
  return batches;
}

/** Parses output of nix-store that has a store path of `directory` on each line. Any other line is a `UserError`. */
export function parsePathLines(output: Uint8Array, directory: string): string[] {
  const lines = Buffer.from(output).toString('latin1').split('\n');
  if (lines.at(-1) === '') {
    lines.pop();
  }
  return lines.map((line) => {
    try {
      return parseStorePath(line, directory).path;
    } catch (cause) {
      const shown = printable(Buffer.from(line, 'latin1'));
      throw unexpectedOutput(`nix-store printed a line that is not a store path: '${shown}'.`, cause);
    }
  });
}

/** The error for output that the nix-store of Nix does not print. The message must be safe to print. */
export function unexpectedOutput(message: string, cause?: unknown): UserError {
  return userError({
    title: 'Unexpected output of nix-store',
    message,
    remedy:
      'Check that the nix-store in PATH is that of Nix, that it prints nothing else to its standard output, and that its ' +
      'database is intact (`nix-store --verify`).',
    cause,
  });
}
