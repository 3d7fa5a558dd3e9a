import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { whileRunning } from './until.ts';

/** The bundles that the runner starts, by the names of the actions. */
const BUNDLES = { image: 'index.js', 'boot-test': 'boot-test.js' } as const;
const DIST = join(import.meta.dirname, '../../dist');

export interface ActionRun {
  readonly exitCode: number | null;
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Names of all that is in the output directory. */
  readonly files: readonly string[];
  /** Names of all that is left in RUNNER_TEMP. */
  readonly temporaryFiles: readonly string[];
}

export interface ActionOptions {
  /** The one that makes images if left out. */
  readonly action?: keyof typeof BUNDLES;
  /** A directory of the test's own: for the output, RUNNER_TEMP and the runner's files. */
  readonly directory: string;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly workingDirectory?: string;
  /** A program and its arguments that start the action in their turn, to change what it sees of the machine. */
  readonly startedBy?: readonly string[];
  /** Called once the process runs, to interrupt it or to change things under its feet. Its `until` throws when the process ends. */
  readonly during?: (process: { readonly pid: number; readonly log: () => string }) => Promise<void>;
}

/**
 * Runs an action as the runner does: `node dist/index.js`, inputs as INPUT_ variables, outputs and summary in files.
 * Nothing is uploaded, and the image is left in `<directory>/output`, unless the inputs say otherwise.
 */
export async function runAction(inputs: Readonly<Record<string, string>>, options: ActionOptions): Promise<ActionRun> {
  const { directory } = options;
  const bundle = join(DIST, BUNDLES[options.action ?? 'image']);
  const output = join(directory, 'output');
  const temporary = join(directory, 'temporary');
  const files = { GITHUB_OUTPUT: join(directory, 'outputs'), GITHUB_STEP_SUMMARY: join(directory, 'summary') };
  mkdirSync(temporary, { recursive: true });
  for (const file of Object.values(files)) {
    writeFileSync(file, '');
  }
  const given = { upload: 'false', 'output-directory': output, ...inputs };
  const inputVariables = Object.fromEntries(
    Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]),
  );
  const [program = process.execPath, ...args] = [...(options.startedBy ?? []), process.execPath, bundle];
  const child = spawn(program, args, {
    env: { ...process.env, ...files, RUNNER_TEMP: temporary, ...inputVariables, ...options.environment },
    cwd: options.workingDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => (log += text));
  }
  let hasEnded = false;
  const ended = once(child, 'close').finally(() => {
    hasEnded = true;
  });
  await whileRunning(
    () => hasEnded,
    async () => await options.during?.({ pid: child.pid ?? 0, log: () => log }),
  );
  const [exitCode] = await ended;
  return {
    exitCode,
    log,
    outputs: parseOutputs(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    files: listDirectory(given['output-directory']),
    temporaryFiles: listDirectory(temporary),
  };
}

/** Reads GITHUB_OUTPUT as the runner does: `name<<delimiter`, lines, `delimiter`. */
export function parseOutputs(text: string): Readonly<Record<string, string>> {
  const blocks = text.matchAll(/^([^\n]+?)<<([^\n]+)\n([\s\S]*?)\n\2$/gm);
  return Object.fromEntries([...blocks].map(([, name, , value]) => [name, value]));
}

function listDirectory(directory: string): readonly string[] {
  try {
    return readdirSync(directory).sort();
  } catch {
    return [];
  }
}
