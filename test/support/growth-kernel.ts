import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { GROWTH_SCRIPT, growthInit } from './growth-script.ts';
import { kernelComplaints } from './kernel-log.ts';
import { runTool } from './run-tool.ts';

/** What a kernel made of the growth script. */
export interface GrowthRun {
  /** Exit status of the script. */
  readonly status: number;
  /** What the script and its tools printed. */
  readonly log: string;
  readonly kernelLog: string;
  /** Lines of the kernel's log in which it complains about the filesystem. */
  readonly complaints: readonly string[];
}

/**
 * Runs the growth script on an image under Debian's user-mode Linux, which needs no rights at all.
 *
 * @param directory a directory for this run alone; its path must not hold spaces or quotes.
 * @throws Error if the kernel does not get as far as the script.
 */
export async function runUserModeLinux(imagePath: string, directory: string): Promise<GrowthRun> {
  mkdirSync(join(directory, 'mounted'));
  writeFileSync(join(directory, 'grow.sh'), GROWTH_SCRIPT);
  writeFileSync(join(directory, 'init'), growthInit(directory), { mode: 0o755 });
  const disk = [`ubd0=${imagePath}`, 'mem=512M'];
  const root = ['root=/dev/root', 'rootfstype=hostfs', 'rootflags=/', 'rw', `init=${directory}/init`];
  // Its memory is a file: on a disk it would be written out.
  const environment = existsSync('/dev/shm') ? { TMPDIR: '/dev/shm' } : {};
  const options = { environment, timeout: inject('hang'), allowFailure: true };
  const { stdout } = await runTool('linux.uml', [...disk, ...root, 'con=null', 'con0=null,fd:1'], options);
  const statusFile = join(directory, 'status');
  if (!existsSync(statusFile)) {
    throw new Error(`user-mode Linux did not run the script:\n${stdout}`);
  }
  const kernelLog = readFileSync(join(directory, 'kernel-log'), 'latin1');
  return {
    status: Number(readFileSync(statusFile, 'latin1')),
    log: readFileSync(join(directory, 'log'), 'latin1'),
    kernelLog,
    complaints: kernelComplaints(kernelLog, 'ubda'),
  };
}
