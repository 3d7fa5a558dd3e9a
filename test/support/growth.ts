import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GROWTH_SCRIPT } from './growth-script.ts';
import { dumpe2fsFields, e2fsckFaults } from './image-check.ts';
import { runTool } from './run-tool.ts';
import { type DiskRun, runOnDisks } from './vm/machine.ts';

/** An image, and what it is to grow to. */
export interface GrowthJob {
  readonly path: string;
  /** Size of the larger disk, bytes. */
  readonly size: number;
}

/** The result of a kernel growing a filesystem and writing to it. */
export interface Growth extends Omit<DiskRun, 'files'> {
  /** Everything that went wrong, in lines; empty if the filesystem grew, was written to, and is sound. */
  readonly problems: readonly string[];
  /** Features of the grown filesystem, as dumpe2fs names them. */
  readonly features: readonly string[];
  /** Blocks of the grown filesystem. */
  readonly blocks: number;
}

/**
 * Does to filesystem images what a device does at its first boot: copies each to a larger (sparse) disk. A real kernel, in one
 * virtual machine for all of them, mounts it, grows it online, writes to it, remounts it and reads back. `e2fsck -fn` checks
 * the result.
 *
 * The kernel checks the whole resize inode; e2fsck checks a quarter of it.
 */
export async function growOnline(jobs: readonly GrowthJob[]): Promise<readonly Growth[]> {
  using cleanup = new DisposableStack();
  const directory = mkdtempSync(join(tmpdir(), 'growth-'));
  cleanup.defer(() => rmSync(directory, { recursive: true }));
  const disks: string[] = [];
  for (const [i, { path, size }] of jobs.entries()) {
    const disk = join(directory, `disk-${i}`);
    await runTool('cp', ['--sparse=always', '--', path, disk]);
    truncateSync(disk, size);
    disks.push(disk);
  }
  const runs = await runOnDisks(
    GROWTH_SCRIPT,
    disks.map((path) => ({ path })),
    join(directory, 'machine'),
  );
  const growths: Growth[] = [];
  for (const [i, run] of runs.entries()) {
    growths.push(await examine(disks[i], jobs[i].size, run));
  }
  return growths;
}

async function examine(disk: string, targetBytes: number, run: DiskRun): Promise<Growth> {
  const check = await e2fsckFaults(disk);
  const fields = await dumpe2fsFields(disk);
  const field = (name: string): string => fields.get(name) ?? '';
  const features = field('Filesystem features').split(' ');
  const [blocks, blockSize] = [Number(field('Block count')), Number(field('Block size'))];
  // The kernel leaves out a last group that is too small to hold its own tables.
  const smallest = targetBytes - blockSize * Number(field('Blocks per group'));
  const problems = [
    ...(run.status === 0 ? [] : [`the script ended with status ${run.status}:\n${run.log}`]),
    ...run.complaints.map((line) => `kernel: ${line}`),
    ...(check.length === 0 ? [] : [check.join('\n')]),
    ...(features.includes('meta_bg') ? ['the kernel had to turn on meta_bg'] : []),
    ...(blocks * blockSize > smallest
      ? []
      : [`grown to ${blocks} blocks of ${blockSize} bytes, not ${targetBytes} bytes`]),
  ];
  const { status, log, kernelLog, complaints } = run;
  return { status, log, kernelLog, complaints, problems, features, blocks };
}
