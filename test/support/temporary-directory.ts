import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, inject, onTestFinished, TestRunner } from 'vitest';
import { runAsRoot } from './run-tool.ts';

/**
 * Creates a directory. Called in a test or in `beforeEach`, it is removed after that test; called at the top of a file or of a
 * `describe` block, after the tests there. Its path has no symlinks. Not for tests that run at the same time (`concurrent`): it may be removed with
 * another of them.
 */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(inject('temporaryDirectory'), 'test-'));
  const removeAfter = TestRunner.getCurrentTest() === undefined ? afterAll : onTestFinished;
  removeAfter(() => remove(directory));
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
