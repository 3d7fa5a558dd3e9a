import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { kernelComplaints, kernelLogSince, kernelTime } from './kernel-log.ts';
import { type LoopRange, withLoopDevice } from './kernel-loop.ts';
import { runAsRoot } from './run-tool.ts';
import { until } from './until.ts';

export interface MountOptions extends LoopRange {
  /** Mount for writing. If not, the image is attached read-only, and the kernel cannot change a byte of it. */
  readonly write?: boolean;
  /** The filesystem's type, "ext4" or "vfat"; ext4 if left out. */
  readonly type?: string;
}

/**
 * Mounts a filesystem image by this machine's kernel while `use` runs, and always unmounts it. Needs root, or sudo
 * without a password. Node's `statfsSync(directory)` reports free space and inodes.
 *
 * @throws Error if the kernel's log holds a complaint about the filesystem, even though it was mounted.
 */
export async function withMounted<T>(
  imagePath: string,
  options: MountOptions,
  use: (directory: string) => T | Promise<T>,
): Promise<T> {
  const { write = false, type = 'ext4' } = options;
  return await withLoopDevice(imagePath, { ...options, write }, async (device) => {
    const start = kernelTime();
    const directory = mkdtempSync(join(tmpdir(), 'mounted-'));
    try {
      await runAsRoot('mount', ['--types', type, '--options', write ? 'rw' : 'ro', device, directory]);
      try {
        return await use(directory);
      } finally {
        await unmount(directory);
        await released(type, basename(device));
        await expectNoComplaints(start, basename(device), imagePath);
      }
    } finally {
      rmdirSync(directory);
    }
  });
}

/** Unmounts a directory. A process that has just ended, or one that looks through all directories, may still hold it for a moment. */
export async function unmount(directory: string): Promise<void> {
  try {
    await until(() => unmounts(directory), `${directory} in use by nobody`);
  } catch (error) {
    await runAsRoot('umount', ['--lazy', directory]);
    throw error;
  }
}

async function unmounts(directory: string): Promise<boolean> {
  const { exitCode, stderr } = await runAsRoot('umount', [directory], { allowFailure: true });
  if (exitCode !== 0 && !stderr.includes('busy')) {
    throw new Error(`umount ${directory}: ${stderr}`);
  }
  return exitCode === 0;
}

// Where another test has made a mount namespace meanwhile, the filesystem stays in use there until that ends.
function released(type: string, device: string): Promise<void> {
  return until(() => !existsSync(`/proc/fs/${type}/${device}`), `${device} in use in no other mount namespace`);
}

async function expectNoComplaints(start: number, device: string, imagePath: string): Promise<void> {
  const complaints = kernelComplaints(await kernelLogSince(start), device);
  if (complaints.length > 0) {
    throw new Error(`the kernel complains about ${imagePath}:\n${complaints.join('\n')}`);
  }
}
