import { findProgram } from './find-program.ts';
import { isProgramMissing } from './program-error.ts';

/** Seconds between SIGTERM and SIGKILL. */
const KILL_AFTER = 5;
/** Seconds that `run` has to end a program itself, before `timeout` does. */
const GRACE = 10;

/**
 * Puts `timeout` in front of a command, so that its deadline holds even if this process dies. It is in coreutils and in
 * BusyBox, and the short options are the same; without it the command is returned as it is.
 *
 * @param milliseconds after which `run` ends the command.
 */
export function withDeadline(
  command: readonly [string, ...string[]],
  milliseconds: number,
): readonly [string, ...string[]] {
  const timeout = findTimeout();
  if (timeout === undefined) {
    return command;
  }
  const seconds = Math.ceil(milliseconds / 1000) + GRACE;
  return [timeout, '-k', String(KILL_AFTER), String(seconds), ...command];
}

function findTimeout(): string | undefined {
  try {
    return findProgram('timeout', { extraDirectories: ['/usr/bin', '/bin'] });
  } catch (error) {
    if (isProgramMissing(error)) {
      return undefined;
    }
    throw error;
  }
}
