import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { type RunOptions, type RunResult, run } from '../../src/process/run.ts';

// Debian keeps mkfs, mount's helpers and the like out of a user's PATH.
const SYSTEM_DIRECTORIES = '/usr/local/sbin:/usr/sbin:/sbin';

/** How a tool is run in a test. */
export interface ToolOptions extends RunOptions {
  /** What the tool reads on standard input: bytes, or a file. */
  readonly stdin?: Uint8Array | { readonly file: string };
}

/** Runs a system tool to its end, as this user; system directories are searched as well. */
export function runTool(tool: string, args: readonly string[], options: ToolOptions = {}): Promise<RunResult> {
  const environment = { ...options.environment, PATH: `${process.env.PATH ?? ''}:${SYSTEM_DIRECTORIES}` };
  const { stdin, ...rest } = options;
  return stdin === undefined
    ? run(tool, args, { ...rest, environment })
    : runWithInput(tool, args, stdin, { ...process.env, ...environment });
}

/** Runs a system tool as root: directly, or through sudo, which must not ask for a password. */
export function runAsRoot(tool: string, args: readonly string[], options: ToolOptions = {}): Promise<RunResult> {
  if (process.getuid?.() === 0) {
    return runTool(tool, args, options);
  }
  return runTool('sudo', ['--non-interactive', tool, ...args], options);
}

/** `run` cannot pass input, because no program of the action needs any. Throws if the tool fails. */
async function runWithInput(
  tool: string,
  args: readonly string[],
  stdin: Uint8Array | { readonly file: string },
  environment: NodeJS.ProcessEnv,
): Promise<RunResult> {
  const child = spawn(tool, args, { env: { ...environment, LC_ALL: 'C', TZ: 'UTC' } });
  const input = 'file' in stdin ? createReadStream(stdin.file) : Readable.from([Buffer.from(stdin)]);
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([
    buffer(child.stdout),
    buffer(child.stderr),
    pipeline(input, child.stdin).catch(() => undefined),
  ]);
  await closed;
  if (child.exitCode !== 0) {
    throw new Error(`${tool} ${args.join(' ')} ended with exit code ${child.exitCode}: ${stderr}`);
  }
  return { stdout, stderr, exitCode: child.exitCode };
}
