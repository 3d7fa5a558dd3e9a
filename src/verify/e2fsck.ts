import { basename, dirname } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { type UserError, userError } from '../errors/user-error.ts';
import { findSystemProgram } from '../process/find-program.ts';
import { isProgramMissing, programError } from '../process/program-error.ts';
import { run } from '../process/run.ts';
import { printable } from '../text/printable.ts';
import { IMAGE_DAMAGED, imageMismatch } from './verification-error.ts';

/** The e2fsck of this machine. */
export interface E2fsck {
  readonly path: string;
  /** Such as `1.47.0`. */
  readonly version: string;
}

/**
 * Finds e2fsck and reads its version, before any work. Throws an error that says how to install it if it is missing, does
 * not run, or is another program.
 */
export async function checkE2fsck(signal?: AbortSignal): Promise<E2fsck> {
  const path = findE2fsck();
  const { exitCode, stdout, stderr } = await run(path, ['-V'], {
    allowFailure: true,
    signal,
    timeout: VERSION_TIMEOUT,
  });
  const output = [...lines(stderr), ...lines(stdout)];
  const version = /^e2fsck (\S+) \(/m.exec(output.join('\n'))?.[1];
  if (exitCode === 0 && version !== undefined) {
    return { path, version };
  }
  const end = exitCode === null ? 'was killed by a signal' : `ended with exit code ${exitCode}`;
  throw programError({
    code: 'PROGRAM_UNSUITABLE',
    message: [
      `${printable(path)} -V ${end} and did not print the version of e2fsprogs. It printed:`,
      ...output.slice(0, SHOWN_LINES).map(shown),
    ].join('\n'),
    remedy: `Check that it is the e2fsck of e2fsprogs and runs on this machine. ${INSTALL_E2FSPROGS}`,
  });
}

const INSTALL_E2FSPROGS =
  'Install e2fsprogs before this step: `sudo apt-get install e2fsprogs`, `apk add e2fsprogs` or `nix profile install nixpkgs#e2fsprogs`.';

function findE2fsck(): string {
  try {
    return findSystemProgram('e2fsck');
  } catch (cause) {
    if (!isProgramMissing(cause)) {
      throw cause;
    }
    throw programError({
      code: 'PROGRAM_MISSING',
      message: 'e2fsck was not found. No image can be verified without it.',
      remedy: INSTALL_E2FSPROGS,
      cause,
    });
  }
}

/**
 * Checks the filesystem at byte `offset` of a file with `e2fsck -fn`, which changes nothing. Returns its summary: inodes
 * and blocks in use. The filesystem is clean only if the exit code is 0 and nothing is printed but the five passes and the
 * summary, because e2fsck reports some errors and still exits with 0. Throws with its output otherwise.
 */
export async function checkFilesystem(
  e2fsck: E2fsck,
  { path, offset, signal }: { readonly path: string; readonly offset: number; readonly signal: AbortSignal },
): Promise<string> {
  // e2fsck reads options after a question mark, which a directory's name can contain. So it runs in the directory.
  const name = offset === 0 ? basename(path) : `${basename(path)}?offset=${offset}`;
  const { stdout, stderr, exitCode } = await run(e2fsck.path, ['-fn', name], {
    allowFailure: true,
    signal,
    timeout: TIMEOUT,
    workingDirectory: dirname(path),
  });
  const output = lines(stdout);
  const summary = output.at(-1) ?? '';
  const isClean =
    exitCode === 0 &&
    output.length === PASSES.length + 1 &&
    PASSES.every((pass, i) => output[i] === pass) &&
    SUMMARY.test(summary);
  if (isClean) {
    return printable(summary.replace(/^.*: /, ''));
  }
  throw notClean(exitCode, [...output, ...lines(stderr)]);
}

function notClean(exitCode: number | null, output: readonly string[]): UserError {
  const how = exitCode === null ? 'it was killed by a signal' : `exit code ${exitCode}`;
  const message = [
    `e2fsck -fn does not find the filesystem clean (${how}). It printed:`,
    ...output.slice(0, SHOWN_LINES).map(shown),
  ].join('\n');
  if (exitCode === null || exitCode >= NOT_CHECKED) {
    return programError({ code: 'PROGRAM_FAILED', message, remedy: DID_NOT_CHECK });
  }
  if (exitCode === 0) {
    return userError({ title: 'The image could not be verified', message, remedy: UNKNOWN_OUTPUT, code: UNCERTAIN });
  }
  if (exitCode === NOT_OPENED) {
    return userError({ title: 'The image could not be verified', message, remedy: IMAGE_DAMAGED, code: UNCERTAIN });
  }
  return imageMismatch(message);
}

/** Whether e2fsck leaves open if the filesystem is damaged: by what it printed, or because it could not open it. */
export function isUncertain(error: unknown): boolean {
  return errorCode(error) === UNCERTAIN;
}

const UNCERTAIN = 'E2FSCK_UNCERTAIN';

/** Exit code for a filesystem that e2fsck cannot open, or an error of the system (e2fsck(8)). */
const NOT_OPENED = 8;
/** Exit codes from here on mean that e2fsck was called wrongly or cancelled; lower ones are about the filesystem (e2fsck(8)). */
const NOT_CHECKED = 16;
const UNKNOWN_OUTPUT =
  'Install e2fsprogs 1.47, and re-run the job: this e2fsck may print something about a clean filesystem that the action ' +
  'does not know. If it fails again, check the disk and the memory of this machine.';
const DID_NOT_CHECK =
  'Check that e2fsck runs on this machine (`e2fsck -V`), and that the machine has enough memory. Then re-run the job.';

const TIMEOUT = 60 * 60 * 1000;
const SHOWN_LINES = 30;
const PASSES = [
  'Pass 1: Checking inodes, blocks, and sizes',
  'Pass 2: Checking directory structure',
  'Pass 3: Checking directory connectivity',
  'Pass 4: Checking reference counts',
  'Pass 5: Checking group summary information',
];
const SUMMARY = /: \d+\/\d+ files \(\d+\.\d% non-contiguous\), \d+\/\d+ blocks$/;
const VERSION_TIMEOUT = 60_000;

function lines(output: Buffer): readonly string[] {
  return output
    .toString('latin1')
    .split('\n')
    .filter((line) => line.trim() !== '');
}

function shown(line: string): string {
  return `  ${printable(Buffer.from(line, 'latin1'))}`;
}
