import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { printable } from '../text/printable.ts';
import { describeCommand, describeEnd } from './describe.ts';
import { type ToolErrorCode, toolError } from './errors.ts';
import { findTool } from './find-tool.ts';
import { keepAll, keepEnd } from './streams.ts';

export interface RunOptions {
  /** Variables set over this process's own. LC_ALL=C and TZ=UTC are always set, so that output can be parsed. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** What the tool reads on standard input: bytes, or a file. Nothing if left out. */
  readonly stdin?: Uint8Array | { readonly file: string };
  /** Milliseconds after which the tool and all it started are killed. */
  readonly timeout?: number | undefined;
  /** Kills the tool and all it started. */
  readonly signal?: AbortSignal | undefined;
  readonly workingFolder?: string;
  /** Give a result for an exit code other than 0 or a deadly signal too, rather than throw. */
  readonly allowFailure?: boolean;
  /** More bytes than this on standard output cannot be right: the tool is killed. 256 MiB if left out. */
  readonly outputLimit?: number;
}

export interface RunResult {
  readonly stdout: Buffer;
  /** The end of what the tool wrote to standard error, at most 64 KiB. */
  readonly stderr: Buffer;
  /** `null` if a signal ended the tool. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

const STDERR_KEPT = 64 * 1024;
const OUTPUT_LIMIT = 256 * 1024 * 1024;

/**
 * Runs a program to its end, without a shell and in a process group of its own, and gives what it wrote.
 * A name without a slash is looked up with `findTool`.
 *
 * Throws a `ToolError`: TOOL_MISSING if there is no such program, TOOL_NOT_STARTED, TOOL_TIMEOUT, TOOL_CANCELLED,
 * TOOL_OUTPUT if it wrote too much, TOOL_FAILED if it failed.
 */
export async function run(tool: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const command = describeCommand(tool, args);
  const fail = (code: ToolErrorCode, what: string, cause?: unknown) =>
    toolError(code, tool, `${what}: ${command}`, cause);
  if (options.signal?.aborted === true) {
    throw fail('TOOL_CANCELLED', 'Cancelled before it was started', options.signal.reason);
  }
  const result = await waitForEnd(start(tool, args, options, fail), options, fail);
  if (result.exitCode !== 0 && options.allowFailure !== true) {
    throw toolError('TOOL_FAILED', tool, describeEnd(command, result));
  }
  return result;
}

type Fail = (code: ToolErrorCode, what: string, cause?: unknown) => Error;

function start(tool: string, args: readonly string[], options: RunOptions, fail: Fail): ChildProcess {
  const { stdin, workingFolder } = options;
  const env: NodeJS.ProcessEnv = { ...process.env, ...options.environment, LC_ALL: 'C', TZ: 'UTC' };
  const program = tool.includes('/') ? tool : findTool(tool, [], env.PATH);
  // The system reports a missing folder and a missing program alike.
  if (workingFolder !== undefined && !existsSync(workingFolder)) {
    throw fail('TOOL_NOT_STARTED', `There is no folder ${printable(workingFolder)} to run a command in`);
  }
  const file = stdin !== undefined && 'file' in stdin ? openInput(stdin.file, fail) : undefined;
  try {
    const input = file ?? (stdin === undefined ? 'ignore' : 'pipe');
    const child = spawn(program, args, { cwd: workingFolder, env, stdio: [input, 'pipe', 'pipe'], detached: true });
    // A tool may end without having read all it is given: its exit code tells what that means.
    child.stdin?.on('error', () => {}).end(stdin);
    return child;
  } catch (cause) {
    throw fail('TOOL_NOT_STARTED', `Could not start (${reason(cause)})`, cause);
  } finally {
    if (file !== undefined) {
      closeSync(file);
    }
  }
}

function openInput(file: string, fail: Fail): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    throw fail('TOOL_NOT_STARTED', `Could not open ${printable(file)}, the input of a command`, cause);
  }
}

function waitForEnd(child: ChildProcess, options: RunOptions, fail: Fail): Promise<RunResult> {
  return new Promise((resolve, reject) => {
    const { timeout, signal: cancel, outputLimit = OUTPUT_LIMIT } = options;
    let stopped: Error | undefined;
    const stop = (error: Error) => {
      stopped ??= error;
      killGroup(child);
    };
    const onAbort = () => stop(fail('TOOL_CANCELLED', 'Cancelled', cancel?.reason));
    const onTimeout = () =>
      stop(fail('TOOL_TIMEOUT', `Still running after ${(timeout ?? 0) / 1000} s, and was killed`));
    const timer = timeout === undefined ? undefined : setTimeout(onTimeout, timeout);
    cancel?.addEventListener('abort', onAbort, { once: true });
    const stdout = keepAll(child.stdout, outputLimit, () =>
      stop(fail('TOOL_OUTPUT', `Wrote more than ${outputLimit} bytes, and was killed`)),
    );
    const stderr = keepEnd(child.stderr, STDERR_KEPT);
    child.once('error', (cause) => {
      stopped ??= fail('TOOL_NOT_STARTED', `Could not start (${reason(cause)})`, cause);
    });
    child.once('close', (exitCode, signal) => {
      clearTimeout(timer);
      cancel?.removeEventListener('abort', onAbort);
      if (stopped === undefined) {
        resolve({ stdout: stdout(), stderr: stderr(), exitCode, signal });
      } else {
        reject(stopped);
      }
    });
  });
}

/** Ends the program and all it started, and lets go of its output, which a process that left the group may hold open. */
function killGroup(child: ChildProcess): void {
  if (child.pid !== undefined) {
    try {
      process.kill(-child.pid, 'SIGKILL');
    } catch {
      // Nothing of the group is left to be ended.
    }
  }
  child.stdout?.destroy();
  child.stderr?.destroy();
}

function reason(cause: unknown): string {
  return cause instanceof Error && 'code' in cause ? String(cause.code) : printable(String(cause));
}
