import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { findProgram } from './find-program.ts';
import { isProgramMissing } from './program-error.ts';

/** A program that runs, with its input and output. */
export type RunningProgram = ChildProcessWithoutNullStreams;

/**
 * Starts a program whose input and output are used while it runs, which `run` cannot do: an emulator with its console, or a
 * tool that unpacks a stream. The caller ends it. If this process is killed, the program is too, where util-linux has
 * setpriv.
 *
 * Throws `PROGRAM_MISSING`.
 */
export function startProgram(program: string, args: readonly string[]): RunningProgram {
  const command = [findProgram(program), ...args];
  const [first, ...rest] = [...deathSignal(), ...command];
  return spawn(first, rest, { env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' } });
}

function deathSignal(): readonly string[] {
  try {
    return [findProgram('setpriv'), '--pdeathsig', 'KILL', '--'];
  } catch (error) {
    if (isProgramMissing(error)) {
      return [];
    }
    throw error;
  }
}
