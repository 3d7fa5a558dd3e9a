import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { RandomAccess } from '../../src/bytes/source.ts';
import { auditExt4 } from '../../src/ext4/read/audit/audit.ts';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { type E2fsckReport, parseE2fsck, parseFields } from './e2fsprogs-output.ts';
import { runTool } from './run-tool.ts';

/** The faults that e2fsck and this project's own audit find in an image file, in lines; none for a sound one. */
export async function faultsOf(path: string): Promise<readonly string[]> {
  return [...(await e2fsckFaults(path)), ...withFile(path, auditFaults)];
}

/**
 * Runs `e2fsck -fn`, and returns what it finds, in lines; none for a sound filesystem.
 *
 * @param options put before the path, as `-b BLOCK -B SIZE`, which makes e2fsck start from a backup.
 */
export async function e2fsckFaults(path: string, options: readonly string[] = []): Promise<readonly string[]> {
  return (await e2fsck(path, options)).faults;
}

/** Runs `e2fsck -fn`. */
export async function e2fsck(path: string, options: readonly string[] = []): Promise<E2fsckReport> {
  const { exitCode, stdout, stderr } = await runTool('e2fsck', ['-f', '-n', ...options, path], { allowFailure: true });
  return parseE2fsck({ exitCode, stdout: stdout.toString('latin1'), stderr: stderr.toString('latin1') });
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

/** Runs one request of debugfs, and returns what it prints. Throws if it reports an error: its exit code is 0 even then. */
export async function debugfs(path: string, request: string, options: readonly string[] = []): Promise<string> {
  const { stdout, stderr } = await runTool('debugfs', [...options, '-R', request, path]);
  const errors = stderr.toString('latin1').replace(/^debugfs \S+ \(.*\)\n/, '');
  if (errors !== '') {
    throw new Error(`debugfs, ${request}: ${errors}`);
  }
  return stdout.toString('latin1');
}

/** The fields of the superblock, and those of the journal's, as dumpe2fs prints them, by name. */
export async function dumpe2fsFields(
  path: string,
  options: readonly string[] = [],
): Promise<ReadonlyMap<string, string>> {
  const { stdout } = await runTool('dumpe2fs', [...options, path]);
  return parseFields(stdout.toString('latin1'));
}
