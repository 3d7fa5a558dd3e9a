import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { runAsRoot } from '../../support/run-tool.ts';

/** Mounts a file system of `bytes` bytes in memory at a folder, until the test has finished. */
export async function mountMemory(folder: string, bytes: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await runAsRoot('mount', ['--types', 'tmpfs', '--options', `size=${bytes}`, 'none', folder]);
  onTestFinished(async () => {
    await runAsRoot('umount', [folder]);
  });
}

/** Writes to a file system until it has no room left, as another process may; returns how many bytes that took. */
export function fillUp(folder: string): number {
  const { bfree, bsize } = statfsSync(folder);
  writeFileSync(join(folder, 'filler'), Buffer.alloc(bfree * bsize, 'x'));
  if (statfsSync(folder).bfree !== 0) throw new Error(`${folder} is not full.`);
  return bfree * bsize;
}
