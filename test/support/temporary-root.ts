import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** The directory that holds all temporary directories of this run. */
    readonly temporaryDirectory: string;
  }
}

/**
 * Global setup of Vitest. The directory is removed after all tests, with what is left in it: Vitest runs no hooks for a file
 * whose tests are all skipped, or for a worker that is killed.
 */
export default function setup(project: TestProject): () => void {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'nix-ext4-image-tests-'));
  // Some tests run programs as another user.
  chmodSync(directory, 0o755);
  project.provide('temporaryDirectory', directory);
  // A filesystem that a test has left mounted keeps its files.
  return () => void spawnSync('rm', ['-rf', '--one-file-system', '--', directory]);
}
