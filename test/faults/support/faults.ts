import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished } from 'vitest';
import { type ActionOptions, type ActionRun, runAction } from '../../support/action.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { until } from '../../support/until.ts';
import { type Command, commandsOf } from './commands.ts';
import { processesWith } from './processes.ts';

export interface FaultyRun extends ActionRun {
  /** The commands in the log, as the runner reads them. */
  readonly commands: readonly Command[];
  /** The errors among them: what the user sees at the top of the run. */
  readonly errors: readonly Command[];
  /** Processes that the action started and that were still running when it had ended. */
  readonly leftRunning: readonly number[];
}

export interface FaultOptions extends Partial<ActionOptions> {
  /** Whether processes of the action may run after its end. If so, their end is awaited; false by default. */
  readonly mayOutlive?: boolean;
}

/** Runs the action, and lists the processes that it left running. They are killed at the end of the test. */
export async function runFaulty(
  inputs: Readonly<Record<string, string>>,
  options: FaultOptions = {},
): Promise<FaultyRun> {
  const directory = options.directory ?? temporaryDirectory();
  // All programs that the action starts inherit its PATH.
  const mark = temporaryDirectory();
  const path = options.environment?.PATH ?? process.env.PATH;
  onTestFinished(() => {
    for (const pid of processesWith(mark)) {
      kill(pid);
    }
  });
  const run = await runAction(inputs, {
    ...options,
    directory,
    environment: { ...options.environment, PATH: `${path}:${mark}` },
  });
  if (options.mayOutlive === true) {
    await until(() => processesWith(mark).length === 0, 'the end of all that the action has started');
  }
  const leftRunning = processesWith(mark);
  const commands = commandsOf(run.log);
  return { ...run, commands, errors: commands.filter(({ name }) => name === 'error'), leftRunning };
}

/** Expects a run to have failed with one error and a remedy, and to have left nothing. Returns the text of the error. */
export function expectCleanFailure(run: FaultyRun): string {
  const text = expectNothingLeft(run);
  expect(text).toMatch(/^What to do: ./m);
  return text;
}

/** Expects a run to have failed with one error, and to have left nothing. Returns the text of the error. */
export function expectNothingLeft(run: FaultyRun): string {
  expect(run).toMatchObject({ exitCode: 1, files: [], temporaryFiles: [], outputs: {}, summary: '', leftRunning: [] });
  expect(run.errors, run.log).toHaveLength(1);
  const [error] = run.errors;
  // A stack is for debug logging only.
  expect(run.log).not.toMatch(/^ +at .*:\d+:\d+\)?$/m);
  return `${error?.properties.title}\n${error?.data}`;
}

/** A fault that `fault-hook.ts` injects into a thread of the action. */
export type FaultKind = 'hold' | 'throw' | 'exit' | 'memory' | 'main-throw' | 'main-reject' | 'main-forget' | 'signal';

export interface Injection {
  /** Variables for the action. */
  readonly environment: Readonly<Record<string, string>>;
  /** Whether the fault has happened. */
  happened(): boolean;
  /** Waits until the fault has happened. */
  untilHit(): Promise<void>;
  /** Releases threads that are held. */
  go(): void;
}

/**
 * Injects a fault into each worker thread before a task, or into the main thread while a worker thread is held before a
 * task. `nodeOptions` are added to NODE_OPTIONS.
 */
export function inject(kind: FaultKind, task = '', nodeOptions = ''): Injection {
  const directory = temporaryDirectory();
  const hook = pathToFileURL(join(import.meta.dirname, 'fault-hook.ts'));
  const happened = (): boolean => existsSync(join(directory, 'hit'));
  return {
    environment: {
      NODE_OPTIONS: `--import=${hook} ${nodeOptions}`,
      FAULT_KIND: kind,
      FAULT_TASK: task,
      FAULT_DIRECTORY: directory,
    },
    happened,
    untilHit: () => until(happened, `${kind} at ${task}`),
    go: () => writeFileSync(join(directory, 'go'), ''),
  };
}

/** Makes the action send itself a signal `delay` milliseconds after a phase has begun; with 0, when the phase begins. */
export function injectSignal(signal: NodeJS.Signals, phase: string, delay: number): Injection {
  const injection = inject('signal', phase);
  const environment = { ...injection.environment, FAULT_SIGNAL: signal, FAULT_DELAY: `${delay}` };
  return { ...injection, environment };
}

/** Names of what is in a directory, hidden files too; none if there is no such directory. */
export function namesIn(directory: string): readonly string[] {
  return existsSync(directory) ? readdirSync(directory).sort() : [];
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has already ended.
  }
}
