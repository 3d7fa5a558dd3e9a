import { readdirSync, readFileSync } from 'node:fs';

/**
 * Environment variable that marks the processes of one run: they inherit it, also those that leave their process group.
 * The runner finds orphans in the same way (actions/runner, `RUNNER_TRACKING_ID`).
 */
export const PROCESS_MARK = 'NIX_EXT4_IMAGE_PROCESS';

/**
 * Sends SIGKILL to every process whose environment has `mark` as its `PROCESS_MARK`. A process that is being created
 * can escape one call, so call it until the program has ended. Needs /proc; processes of other users are left alone.
 */
export function endProcesses(mark: string): void {
  const marked = `${PROCESS_MARK}=${mark}`;
  for (const name of readdirSync('/proc')) {
    if (/^\d+$/.test(name) && environmentOf(name).includes(marked)) {
      kill(Number(name));
    }
  }
}

function environmentOf(processId: string): readonly string[] {
  try {
    return readFileSync(`/proc/${processId}/environ`, 'latin1').split('\0');
  } catch {
    // It has ended, or belongs to another user.
    return [];
  }
}

function kill(processId: number): void {
  try {
    process.kill(processId, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
