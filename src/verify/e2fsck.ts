import { basename, dirname } from 'node:path';
import { errorCode } from '../errors/error-code.ts';
import { isToolMissing } from '../process/errors.ts';
import { findTool } from '../process/find-tool.ts';
import { run } from '../process/run.ts';
import { printable } from '../text/printable.ts';

/** What e2fsck said of a clean filesystem. */
export interface CleanCheck {
  /** Version of e2fsck, such as `1.47.0`. */
  readonly version: string;
  /** Its summary: inodes and blocks in use. */
  readonly summary: string;
}

/** Where e2fsck is outside PATH: folders for the administrator, and Homebrew's keg on macOS. */
const FOLDERS = [
  '/sbin',
  '/usr/sbin',
  '/usr/local/sbin',
  '/run/current-system/sw/bin',
  '/opt/homebrew/opt/e2fsprogs/sbin',
  '/usr/local/opt/e2fsprogs/sbin',
];

/** Finds e2fsck, or throws an error that says how to get it. */
export function findE2fsck(): string {
  try {
    return findTool('e2fsck', FOLDERS);
  } catch (cause) {
    if (!isToolMissing(cause)) throw cause;
    throw Object.assign(new Error('e2fsck was not found, and without it no image can be proved.', { cause }), {
      remedy:
        'Install e2fsprogs before this step: `sudo apt-get install e2fsprogs`, `nix profile install nixpkgs#e2fsprogs` ' +
        'or `brew install e2fsprogs`.',
    });
  }
}

/**
 * Checks the filesystem at a byte of a file by `e2fsck -fn`, which changes nothing. It is clean only if the exit code is 0 and nothing is
 * said beyond the five passes and the summary: e2fsck reports some faults and exits with 0 all the same. Throws with
 * what was said otherwise.
 */
export async function checkFilesystem(
  e2fsck: string,
  path: string,
  offset: number,
  signal: AbortSignal,
): Promise<CleanCheck> {
  // e2fsck takes what follows a question mark for options, which a folder's name may hold: so it runs in that folder.
  const name = offset === 0 ? basename(path) : `${basename(path)}?offset=${offset}`;
  const {
    stdout,
    stderr,
    exitCode,
    signal: endedBy,
  } = await run(e2fsck, ['-fn', name], {
    allowFailure: true,
    signal,
    timeout: TIMEOUT,
    workingFolder: dirname(path),
  });
  const lines = stdout
    .toString('latin1')
    .split('\n')
    .filter((line) => line !== '');
  const version = /^e2fsck (\S+) \(/m.exec(stderr.toString('latin1'))?.[1];
  const summary = lines.at(-1) ?? '';
  const isClean =
    exitCode === 0 &&
    version !== undefined &&
    lines.length === PASSES.length + 1 &&
    PASSES.every((pass, i) => lines[i] === pass) &&
    SUMMARY.test(summary);
  if (isClean) return { version, summary: printable(summary.replace(/^.*: /, '')) };
  const said = [...lines, ...stderr.toString('latin1').split('\n')].filter((line) => line.trim() !== '');
  const shown = said.slice(0, SHOWN_LINES).map((line) => `  ${printable(Buffer.from(line, 'latin1'))}`);
  const how = endedBy === null ? `exit code ${exitCode}` : `it was ended by ${endedBy}`;
  const error = new Error(`e2fsck -fn does not find the filesystem clean (${how}). It said:\n${shown.join('\n')}`);
  if (exitCode === null || exitCode >= NOT_CHECKED) throw Object.assign(error, { remedy: DID_NOT_CHECK });
  throw exitCode === 0 ? Object.assign(error, { code: UNCERTAIN, remedy: UNKNOWN_WORDS }) : error;
}

/** Whether e2fsck let the filesystem pass, in words that do not tell whether it is clean. */
export function isUncertain(error: unknown): boolean {
  return errorCode(error) === UNCERTAIN;
}

const UNCERTAIN = 'E2FSCK_UNCERTAIN';

/** Below are the codes for errors, and for a filesystem that cannot be opened; from here on those of a wrong call (e2fsck(8)). */
const NOT_CHECKED = 16;
const UNKNOWN_WORDS =
  'Either the image is damaged, or this e2fsck says of a clean filesystem what the action does not know: ' +
  'use e2fsprogs 1.47, or report it with this log.';
const DID_NOT_CHECK =
  'Check that e2fsck works on this machine (`e2fsck -V`), and that it has enough memory. Then re-run the job.';

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
