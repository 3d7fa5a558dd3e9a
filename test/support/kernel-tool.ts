import { type RunOptions, type RunResult, run } from '../../src/process/run.ts';

// Debian keeps mkfs, mount's helpers and their like out of a user's PATH.
const SYSTEM_FOLDERS = '/usr/local/sbin:/usr/sbin:/sbin';

/** Runs a system tool to its end, as this user; system folders are searched as well. */
export function runTool(tool: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const environment = { ...options.environment, PATH: `${process.env.PATH ?? ''}:${SYSTEM_FOLDERS}` };
  return run(tool, args, { ...options, environment });
}

/** Runs a system tool as root: directly, or through sudo, which must not ask for a password. */
export function runAsRoot(tool: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  if (process.getuid?.() === 0) return runTool(tool, args, options);
  return runTool('sudo', ['--non-interactive', tool, ...args], options);
}
