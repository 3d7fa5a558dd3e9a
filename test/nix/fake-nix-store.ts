import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../src/process/find-program.ts';

/**
 * Puts a shell script in the place of nix-store: for what a real one does not do when asked. In the script, `$real`
 * is the real one. Gives the environment that has the script found first.
 */
export function fakeNixStore(directory: string, script: string): Record<string, string> {
  const place = mkdtempSync(join(directory, 'fake-'));
  const program = join(place, 'nix-store');
  writeFileSync(program, `#!/bin/sh\nreal=${findProgram('nix-store')}\n${script}\n`);
  chmodSync(program, 0o755);
  return { PATH: `${place}:${process.env.PATH}` };
}
