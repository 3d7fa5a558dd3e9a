import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type GrowthRun, runUserModeLinux } from './growth-kernel.ts';
import { runTool } from './run-tool.ts';

/** Why growth cannot be tried on this machine; undefined if it can. To be given as the reason that a test is skipped. */
export const growthImpossible =
  process.arch === 'x64' ? undefined : `user-mode Linux exists for x86 alone, this is ${process.arch}`;

export interface GrowthOptions {
  /** Grow the image itself rather than a copy. */
  readonly inPlace?: boolean;
}

export interface Growth extends GrowthRun {
  /** All that went wrong, in words; empty if the filesystem grew, was written to, and is as good as ever. */
  readonly problems: readonly string[];
  /** What `e2fsck -fn` said of the grown filesystem. */
  readonly check: { readonly exitCode: number | null; readonly output: string };
  /** Features of the grown filesystem, as dumpe2fs names them. */
  readonly features: readonly string[];
  /** Blocks of the grown filesystem. */
  readonly blocks: number;
}

/**
 * Does to a filesystem image what a device does at its first boot: copies it onto a larger (sparse) disk, lets a real kernel (Debian's
 * user-mode Linux) mount it, grow it online, write to it, remount it and read back, and has the outcome checked with `e2fsck -fn`.
 *
 * The kernel checks all of the resize inode in this; e2fsck checks a quarter of it.
 *
 * @param targetBytes size of the larger disk, bytes.
 */
export async function growOnline(imagePath: string, targetBytes: number, options: GrowthOptions = {}): Promise<Growth> {
  const directory = mkdtempSync(join(tmpdir(), 'growth-'));
  try {
    const disk = options.inPlace === true ? imagePath : join(directory, 'disk');
    if (disk !== imagePath) {
      await runTool('cp', ['--sparse=always', '--', imagePath, disk]);
    }
    truncateSync(disk, targetBytes);
    const run = await runUserModeLinux(disk, directory);
    return await examine(disk, targetBytes, run);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

// All that e2fsck prints of a filesystem without a fault: its version, the five passes, and the summary.
const CLEAN_CHECK = new RegExp(
  [
    '^(e2fsck [^\\n]*\\n)?',
    'Pass 1: Checking inodes, blocks, and sizes\\n',
    'Pass 2: Checking directory structure\\n',
    'Pass 3: Checking directory connectivity\\n',
    'Pass 4: Checking reference counts\\n',
    'Pass 5: Checking group summary information\\n',
    '[^\\n]*: \\d+/\\d+ files \\([\\d.]+% non-contiguous\\), \\d+/\\d+ blocks\\n$',
  ].join(''),
);

async function examine(disk: string, targetBytes: number, run: GrowthRun): Promise<Growth> {
  const { exitCode, stdout, stderr } = await runTool('e2fsck', ['-f', '-n', disk], { allowFailure: true });
  const check = { exitCode, output: `${stderr}${stdout}` };
  const header = (await runTool('dumpe2fs', ['-h', disk])).stdout.toString();
  const field = (name: string): string => new RegExp(`^${name}: +(.*)$`, 'm').exec(header)?.[1] ?? '';
  const features = field('Filesystem features').split(' ');
  const [blocks, blockSize] = [Number(field('Block count')), Number(field('Block size'))];
  // The kernel leaves out a last group that is too small to hold its own tables.
  const smallest = targetBytes - blockSize * Number(field('Blocks per group'));
  const problems = [
    ...(run.status === 0 ? [] : [`the script ended with status ${run.status}:\n${run.log}`]),
    ...run.complaints.map((line) => `kernel: ${line}`),
    ...(exitCode === 0 && CLEAN_CHECK.test(check.output)
      ? []
      : [`e2fsck -fn, exit code ${exitCode}:\n${check.output}`]),
    ...(features.includes('meta_bg') ? ['the kernel had to turn on meta_bg'] : []),
    ...(blocks * blockSize > smallest
      ? []
      : [`grown to ${blocks} blocks of ${blockSize} bytes, not ${targetBytes} bytes`]),
  ];
  return { ...run, problems, check, features, blocks };
}
