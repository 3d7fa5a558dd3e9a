import { mkdirSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { unmount } from '../../support/kernel.ts';
import { runAsRoot } from '../../support/run-tool.ts';

/** Mounts a filesystem in memory of `bytes` bytes at a directory, until the test has finished. */
export async function mountMemory(directory: string, bytes: number): Promise<void> {
  mkdirSync(directory, { recursive: true });
  await runAsRoot('mount', ['--types', 'tmpfs', '--options', `size=${bytes}`, 'none', directory]);
  onTestFinished(() => unmount(directory));
}

/** Fills a filesystem, as another process may. Returns how many bytes that took. */
export function fillUp(directory: string): number {
  const { bfree, bsize } = statfsSync(directory);
  writeFileSync(join(directory, 'filler'), Buffer.alloc(bfree * bsize, 'x'));
  if (statfsSync(directory).bfree !== 0) {
    throw new Error(`${directory} is not full.`);
  }
  return bfree * bsize;
}
