import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { debug, isDebug } from '@actions/core';
import { exec } from '@actions/exec';
import { printable } from '../text/printable.ts';
import { collectAll, collectEnd } from './collect.ts';
import { withDeadline } from './deadline.ts';
import { describeCommand, describeFailedCommand } from './describe.ts';
import { endProcesses, PROCESS_MARK } from './end-processes.ts';
import { findProgram } from './find-program.ts';
import { type ProgramErrorCode, programError } from './program-error.ts';

/** How a program is run. */
export interface RunOptions {
  /** Variables set over those of this process. LC_ALL=C and TZ=UTC are always set, so that output can be parsed. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
  /** Milliseconds after which the program and everything it started are killed. An hour by default. */
  readonly timeout?: number | undefined;
  /** Kills the program and everything it started. */
  readonly signal?: AbortSignal | undefined;
  readonly workingDirectory?: string;
  /** Return a result for an exit code other than 0 or a fatal signal, instead of throwing. */
  readonly allowFailure?: boolean;
  /** The program is killed when it writes more bytes than this to standard output. 256 MiB by default. */
  readonly outputLimit?: number;
}

/** What a program wrote, and how it ended. */
export interface RunResult {
  readonly stdout: Buffer;
  /** The last 64 KiB at most. */
  readonly stderr: Buffer;
  /** `null` if a signal killed the program. */
  readonly exitCode: number | null;
}

const STDERR_KEPT = 64 * 1024;
const OUTPUT_LIMIT = 256 * 1024 * 1024;
const TIMEOUT = 60 * 60 * 1000;
/** Milliseconds between two looks for processes that are left, and those after which `run` no longer waits for them. */
const END_INTERVAL = 20;
const END_LIMIT = 5000;
/**
 * Bytes of an argument, with its end mark, that Linux refuses (execve(2), MAX_ARG_STRLEN). exec would never return: it
 * loses an error that Node throws while it starts a program.
 */
const LONGEST_ARGUMENT = 128 * 1024;
/** Exit codes of `timeout` for a program that it could not start (POSIX, `env` and `timeout`). */
const NOT_STARTED = [126, 127];

/**
 * Runs a program to its end with `@actions/exec`, without a shell, and returns what it wrote. A name without a slash is
 * looked up with `findProgram`. Standard input is an open pipe that nothing is written to.
 *
 * Throws the errors of `ProgramErrorCode`.
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const { environment, timeout = TIMEOUT, signal, workingDirectory, outputLimit = OUTPUT_LIMIT } = options;
  const command = describeCommand(program, args);
  const failure = (code: ProgramErrorCode, what: string, cause?: unknown): Error =>
    programError({ code, message: `${what}: ${command}`, cause });
  if (signal?.aborted === true) {
    throw failure('PROGRAM_CANCELLED', 'Cancelled before it was started', signal.reason);
  }
  if (workingDirectory !== undefined && !existsSync(workingDirectory)) {
    throw failure('PROGRAM_NOT_STARTED', `The working directory ${printable(workingDirectory)} does not exist`);
  }
  const mark = randomUUID();
  const env = definedOnly({ ...process.env, ...environment, LC_ALL: 'C', TZ: 'UTC', [PROCESS_MARK]: mark });
  const path = program.includes('/') ? program : findProgram(program, { searchPath: env.PATH });
  const [first, ...rest] = withDeadline([path, ...args], timeout);

  if ([path, ...args].some((argument) => Buffer.byteLength(argument) >= LONGEST_ARGUMENT)) {
    throw failure('PROGRAM_NOT_STARTED', 'Could not start (an argument is longer than the system allows)');
  }

  using stopper = createStopper(mark);
  using _timer = disposableTimeout(timeout, () => {
    stopper.stop(failure('PROGRAM_TIMEOUT', `Killed because it was still running after ${timeout / 1000} s`));
  });
  using _abort = disposableListener(signal, () => {
    stopper.stop(failure('PROGRAM_CANCELLED', 'Cancelled', signal?.reason));
  });
  const stdout = collectAll(outputLimit, () => {
    stopper.stop(failure('PROGRAM_OUTPUT', `Killed because it wrote more than ${outputLimit} bytes`));
  });
  const stderr = collectEnd(STDERR_KEPT);

  if (isDebug()) {
    debug(`Run ${command}`);
  }
  // exec splits its first argument like a command line; quoted, it is one word.
  const ended = exec(`"${first.replaceAll('"', '\\"')}"`, rest, {
    ...(workingDirectory === undefined ? {} : { cwd: workingDirectory }),
    env,
    silent: true,
    ignoreReturnCode: true,
    listeners: { stdout: stdout.add, stderr: stderr.add },
  }).catch((cause) => {
    throw failure('PROGRAM_NOT_STARTED', 'Could not start', cause);
  });
  // exec passes on what Node says, which is null for a signal.
  const exitCode: number | null = await Promise.race([ended, stopper.stopped]);
  stopper.throwIfStopped();

  const result = { stdout: stdout.bytes(), stderr: stderr.bytes(), exitCode };
  if (isNotStarted(result)) {
    throw failure('PROGRAM_NOT_STARTED', `Could not start (${printable(result.stderr.toString('latin1').trim())})`);
  }
  if (exitCode !== 0 && options.allowFailure !== true) {
    throw programError({ code: 'PROGRAM_FAILED', message: describeFailedCommand(command, result) });
  }
  return result;
}

/** Ends the marked processes, and remembers why. */
interface Stopper extends Disposable {
  /** The first call counts. */
  stop(reason: Error): void;
  throwIfStopped(): void;
  /** Rejects when processes are still there some time after `stop`: nobody can end one that waits for a dead disk. */
  readonly stopped: Promise<never>;
}

function createStopper(mark: string): Stopper {
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  // The rejection may come when nobody waits any more.
  stopped.catch(() => undefined);
  const timers = new DisposableStack();
  let reason: Error | undefined;
  return {
    stop(error) {
      if (reason !== undefined) {
        return;
      }
      reason = error;
      endProcesses(mark);
      const again = setInterval(() => endProcesses(mark), END_INTERVAL);
      timers.defer(() => clearInterval(again));
      timers.use(disposableTimeout(END_LIMIT, () => reject(error)));
    },
    throwIfStopped() {
      if (reason !== undefined) {
        throw reason;
      }
    },
    stopped,
    [Symbol.dispose]: () => timers.dispose(),
  };
}

function disposableTimeout(milliseconds: number, callback: () => void): Disposable {
  const timer = setTimeout(callback, milliseconds);
  return { [Symbol.dispose]: () => clearTimeout(timer) };
}

function disposableListener(signal: AbortSignal | undefined, listener: () => void): Disposable {
  signal?.addEventListener('abort', listener, { once: true });
  return { [Symbol.dispose]: () => signal?.removeEventListener('abort', listener) };
}

/** Whether `timeout`, in front of the program, says that it could not start it. */
function isNotStarted({ exitCode, stderr }: RunResult): boolean {
  return exitCode !== null && NOT_STARTED.includes(exitCode) && /^\S*timeout: /.test(stderr.toString('latin1'));
}

function definedOnly(variables: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) {
    if (value !== undefined) {
      defined[name] = value;
    }
  }
  return defined;
}
