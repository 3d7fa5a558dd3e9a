import { readdirSync, readFileSync } from 'node:fs';
import { constants } from 'node:os';

/** The processes that have `text` in their environment, which they inherit. */
export function processesWith(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readEnvironment(pid).includes(text) && isRunning(pid));
}

/**
 * Whether a process runs. A zombie does not, and neither does a process to which SIGKILL was sent: it does nothing more,
 * but on a busy machine it takes a while to end.
 */
export function isRunning(pid: number): boolean {
  const status = readStatus(pid);
  const pending = status.matchAll(/^(?:SigPnd|ShdPnd):\s*([0-9a-f]+)$/gm);
  const isKilled = [...pending].some(([, signals = '0']) => (BigInt(`0x${signals}`) & SIGKILL) !== 0n);
  return status !== '' && !/^State:\s+[ZX]/m.test(status) && !isKilled;
}

/** In the signal sets of proc_pid_status(5). */
const SIGKILL = 1n << BigInt(constants.signals.SIGKILL - 1);

/** The name of the program of a process; empty if it has ended. */
export function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Empty for a process that has ended. */
function readStatus(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8');
  } catch {
    return '';
  }
}

/** Empty for a process that has ended, also while it is a zombie. */
function readEnvironment(pid: number): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}
