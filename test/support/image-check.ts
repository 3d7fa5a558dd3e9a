import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RandomAccess } from '../../src/bytes/source.ts';
import { auditExt4 } from '../../src/ext4/read/audit/audit.ts';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { runTool } from './run-tool.ts';

/** What e2fsck and this project's own audit find wrong in an image file, in words; empty for a sound one. */
export async function faultsOf(path: string): Promise<readonly string[]> {
  return [...(await e2fsckFaults(path)), ...withFile(path, auditFaults)];
}

const PASSES = [
  'Pass 1: Checking inodes, blocks, and sizes',
  'Pass 2: Checking directory structure',
  'Pass 3: Checking directory connectivity',
  'Pass 4: Checking reference counts',
  'Pass 5: Checking group summary information',
];
const SUMMARY = /: \d+\/\d+ files \(\d+\.\d% non-contiguous\), \d+\/\d+ blocks$/;

/**
 * Runs `e2fsck -fn`, and gives all that it prints unless that is its five passes and the summary, and nothing else:
 * some faults are told with the exit code 0.
 *
 * @param options put before the path, as `-b BLOCK -B SIZE`, which makes e2fsck start from a backup.
 */
export async function e2fsckFaults(path: string, options: readonly string[] = []): Promise<readonly string[]> {
  const result = await runTool('e2fsck', ['-f', '-n', ...options, path], { allowFailure: true });
  const lines = result.stdout.toString('latin1').trimEnd().split('\n');
  const isClean =
    result.exitCode === 0 &&
    lines.length === PASSES.length + 1 &&
    PASSES.every((pass, i) => lines[i] === pass) &&
    SUMMARY.test(lines[PASSES.length]);
  return isClean ? [] : [`e2fsck -fn, exit code ${result.exitCode}`, ...lines];
}

/** What the audit finds in the bytes of an image. */
export function auditFaults(source: RandomAccess): readonly string[] {
  return auditExt4(openExt4(source)).map(({ message }) => message);
}

/** Opens a file as a source while `use` runs. */
export function withFile<T>(path: string, use: (source: RandomAccess) => T): T {
  const descriptor = openSync(path, 'r');
  try {
    const { size } = fstatSync(descriptor);
    return use({
      size,
      read(target, offset) {
        const length = readSync(descriptor, target, 0, target.length, offset);
        if (length !== target.length) {
          throw new RangeError(`${target.length} bytes at ${offset} leave ${path}`);
        }
      },
    });
  } finally {
    closeSync(descriptor);
  }
}

/** Runs one request of debugfs, and gives what it prints. Throws where it complains: its exit code is 0 even then. */
export async function debugfs(path: string, request: string, options: readonly string[] = []): Promise<string> {
  const { stdout, stderr } = await runTool('debugfs', [...options, '-R', request, path]);
  const complaints = stderr.toString('latin1').replace(/^debugfs \S+ \(.*\)\n/, '');
  if (complaints !== '') {
    throw new Error(`debugfs, ${request}: ${complaints}`);
  }
  return stdout.toString('latin1');
}

/** The fields of the superblock, and those of the journal's, as dumpe2fs prints them, by name. */
export async function dumpe2fsFields(
  path: string,
  options: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await runTool('dumpe2fs', [...options, path]);
  const lines = stdout.toString('latin1').split('\n');
  const header = lines.slice(
    0,
    lines.findIndex((line) => line.startsWith('Group 0:')),
  );
  const pairs = header.map((line) => /^([^:]+):\s*(.*)$/.exec(line));
  return new Map(pairs.flatMap((match) => (match === null ? [] : [[match[1], match[2]] as const])));
}
