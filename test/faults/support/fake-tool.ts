import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../../src/process/find-program.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

/** A shell script in the place of a tool. */
export interface FakeTool {
  readonly environment: Record<string, string>;
  /** How often it was called: a file that the fake writes a line to. */
  readonly calls: string;
}

/** Puts a shell script in the place of a tool, first in PATH. In the script `$real` is the path of the real tool. */
export function fakeTool(tool: string, script: string): FakeTool {
  const directory = temporaryDirectory();
  const program = join(directory, tool);
  const calls = join(directory, 'calls');
  const real = findProgram(tool, { extraDirectories: ['/usr/sbin', '/sbin'] });
  writeFileSync(program, `#!/bin/sh\nreal=${real}\necho "$@" >> ${calls}\n${script}\n`);
  chmodSync(program, 0o755);
  return { environment: { PATH: `${directory}:${process.env.PATH}` }, calls };
}

/** A script that passes the real tool's version on, so that a fault happens when the tool is used. */
export const afterVersion = (script: string): string =>
  `case "$1" in -V | --version) exec $real "$@";; esac\n${script}`;
