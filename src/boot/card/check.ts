import { basename, dirname } from 'node:path';
import { userError } from '../../errors/user-error.ts';
import { findSystemProgram } from '../../process/find-program.ts';
import { run } from '../../process/run.ts';
import { checkE2fsck, checkFilesystem } from '../../verify/e2fsck.ts';
import type { Ext4Place } from './debugfs.ts';
import { debugfs } from './debugfs.ts';

/** The root filesystem after the boots. */
export interface CheckedFilesystem {
  /** Bytes. */
  readonly size: number;
  /** Inodes and blocks in use, as e2fsck writes it. */
  readonly summary: string;
}

/**
 * Checks the root filesystem with `e2fsck -fn`. That of a machine which did not power off is first brought into order as the
 * next boot would do it, from its journal.
 *
 * Throws a `UserError` if the filesystem is not clean.
 */
export async function checkRoot(root: Ext4Place, isOff: boolean, signal: AbortSignal): Promise<CheckedFilesystem> {
  if (!isOff) {
    await replayJournal(root, signal);
  }
  const e2fsck = await checkE2fsck(signal);
  const summary = await checkFilesystem(e2fsck, { ...root, signal }).catch((cause) => {
    throw userError({
      title: 'The root filesystem is damaged after the boots',
      message: 'The boots have succeeded, but e2fsck does not find the root filesystem clean afterwards.',
      remedy: 'Look in the console for errors of EXT4-fs and for what the system does as it powers off.',
      code: 'FILESYSTEM_DAMAGED',
      cause,
    });
  });
  return { size: await sizeOf(root), summary };
}

/** e2fsck(8): exit codes up to 2 mean that all is in order, or was brought into order. */
async function replayJournal({ path, offset }: Ext4Place, signal: AbortSignal): Promise<void> {
  const name = `${basename(path)}?offset=${offset}`;
  await run(findSystemProgram('e2fsck'), ['-p', name], {
    allowFailure: true,
    signal,
    workingDirectory: dirname(path),
  });
}

async function sizeOf(root: Ext4Place): Promise<number> {
  const text = (await debugfs(root, 'show_super_stats -h')).toString('latin1');
  return parseSize(text);
}

/** Reads the size of a filesystem, in bytes, from what `show_super_stats` of debugfs prints. */
export function parseSize(text: string): number {
  const value = (name: string): number => Number(new RegExp(`^${name}: +(\\d+)$`, 'm').exec(text)?.[1]);
  return value('Block count') * value('Block size');
}
