import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { runAsRoot } from './run-tool.ts';

/** A new directory for the tests of one file; it is removed when they have ended. */
export function temporaryDirectory(name: string): string {
  const directory = mkdtempSync(join(tmpdir(), `${name}-`));
  // A tree with directories that nobody may write to is no matter for root.
  afterAll(() => runAsRoot('rm', ['-rf', '--', directory]));
  return directory;
}
