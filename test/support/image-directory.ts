import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runAsRoot } from './run-tool.ts';

/** A new directory for the tests of one file; it is removed when they have ended. */
export function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `${name}-`));
  afterAll(() => remove(directory));
  return directory;
}

/** Removes a directory, with directories in it that nobody may read or write, and with what belongs to root. */
async function remove(directory: string): Promise<void> {
  if (process.getuid?.() !== 0) {
    spawnSync('chmod', ['-R', 'u+rwX', '--', directory]);
  }
  try {
    rmSync(directory, { recursive: true, force: true });
  } catch {
    await runAsRoot('rm', ['-rf', '--', directory]);
  }
}
