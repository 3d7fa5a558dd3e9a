import { findProgram } from '../process/find-program.ts';
import { isProgramMissing, programError } from '../process/program-error.ts';
import { type RunResult, run } from '../process/run.ts';
import { printable } from '../text/printable.ts';
import { parseStorePath } from './store-path.ts';

export interface NixStoreOptions {
  /** The directory of the store; `storeDirectory()` if left out. */
  readonly directory?: string | undefined;
  /** Milliseconds that one call of nix-store may take; 10 minutes if left out. */
  readonly timeout?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Variables set over this process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

const TIMEOUT = 10 * 60 * 1000;

/** Systems let a command line have at least 128 KiB, the environment included. */
const BATCH_BYTES = 100 * 1024;

/** The path of nix-store. Throws a `ProgramErrorCode` that says how to get Nix if it is not installed. */
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
 * Checks, before any work, that the nix-store in PATH is that of Nix or Lix. Returns its version, such as `2.31.2`.
 * Throws if it is not installed, or is another program.
 */
export async function checkNixStore(options: NixStoreOptions = {}): Promise<string> {
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

/** Runs nix-store; throws the `ProgramErrorCode` of `run` or `findNixStore`. */
export function nixStore(args: readonly string[], options: NixStoreOptions): Promise<RunResult> {
  const { timeout = TIMEOUT, signal, environment } = options;
  return run(findNixStore(options), args, { timeout, signal, environment });
}

/** Runs nix-store with the store paths after `args`, a part of them at a time, and gives what it printed, in order. */
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

/** Parts `paths` into runs that one command line can take. */
export function inBatches(paths: readonly string[]): string[][] {
  const batches: string[][] = [];
  let room = 0;
  for (const path of paths) {
    room -= path.length + 1;
    if (room < 0) {
      batches.push([]);
      room = BATCH_BYTES - path.length - 1;
    }
    batches.at(-1)?.push(path);
  }
  return batches;
}

/** Reads what nix-store printed as store paths of `directory`, one a line. Any other line is an `Error` that shows it. */
export function parsePathLines(output: Uint8Array, directory: string): string[] {
  const lines = Buffer.from(output).toString('latin1').split('\n');
  const rest = lines.pop();
  return [...lines, ...(rest ? [rest] : [])].map((line) => {
    try {
      return parseStorePath(line, directory).path;
    } catch (cause) {
      const shown = printable(Buffer.from(line, 'latin1'));
      throw misunderstood(new Error(`nix-store printed a line that is not a store path: '${shown}'.`, { cause }));
    }
  });
}

/** Gives an error about what nix-store said a remedy, if it has none. */
export function misunderstood(error: unknown): unknown {
  if (!(error instanceof Error) || 'remedy' in error) {
    return error;
  }
  return Object.assign(error, {
    remedy:
      'Check that the nix-store in PATH is that of Nix, prints nothing else to its standard output, and finds no fault ' +
      'with its database (`nix-store --verify`).',
  });
}
