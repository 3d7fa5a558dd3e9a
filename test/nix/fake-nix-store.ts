import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../src/process/find-program.ts';

/**
 * Replaces nix-store by a shell script, to test what a real one does not do on request. In the script, `$real` is the
 * real one. Returns the environment in whose PATH the script comes first.
 */
export function fakeNixStore(directory: string, script: string): Record<string, string> {
  const place = mkdtempSync(join(directory, 'fake-'));
  const program = join(place, 'nix-store');
  writeFileSync(program, `#!/bin/sh\nreal=${findProgram('nix-store')}\n${script}\n`);
  chmodSync(program, 0o755);
  return { PATH: `${place}:${process.env.PATH}` };
}
