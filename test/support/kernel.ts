import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { kernelComplaints, kernelLogSince, kernelTime } from './kernel-log.ts';
import { type LoopRange, withLoopDevice } from './kernel-loop.ts';
import { runAsRoot } from './run-tool.ts';

export interface MountOptions extends LoopRange {
  /** Mount for writing. If not, the image is attached read-only, and the kernel cannot change a byte of it. */
  readonly write?: boolean;
  /** The filesystem's type, "ext4" or "vfat"; ext4 if left out. */
  readonly type?: string;
}

/**
 * Mounts a filesystem image by this machine's kernel while `use` runs, and unmounts it whatever happens. Needs root, or sudo
 * without a password. Free space and inodes are told by Node's `statfsSync(directory)`.
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

// A process that has just ended, or a scanner of the desktop, may still hold the directory for a moment.
async function unmount(directory: string): Promise<void> {
  for (let attempt = 0; attempt < 5; attempt++) {
    const { exitCode } = await runAsRoot('umount', [directory], { allowFailure: true });
    if (exitCode === 0) {
      return;
    }
    await setTimeout(200);
  }
  await runAsRoot('umount', ['--lazy', directory]);
  throw new Error(`${directory} was still in use, and was taken out of the tree with umount --lazy`);
}

// Where another test has made a mount namespace meanwhile, the filesystem stays in use there until that ends.
async function released(type: string, device: string): Promise<void> {
  for (let attempt = 0; existsSync(`/proc/fs/${type}/${device}`); attempt++) {
    if (attempt === RELEASE_ATTEMPTS) {
      throw new Error(`${device} is still in use, in some other mount namespace`);
    }
    await setTimeout(200);
  }
}

const RELEASE_ATTEMPTS = 300;

async function expectNoComplaints(start: number, device: string, imagePath: string): Promise<void> {
  const complaints = kernelComplaints(await kernelLogSince(start), device);
  if (complaints.length > 0) {
    throw new Error(`the kernel complains about ${imagePath}:\n${complaints.join('\n')}`);
  }
}
