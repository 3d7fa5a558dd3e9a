import { readdirSync, readFileSync } from 'node:fs';

/** The processes that run with `text` in their environment: whoever was started with it, and all these started. */
export function processesWith(text: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => readEnvironment(pid).includes(text));
}

/** The name of a program that runs, or '' if it has ended. */
export function programOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}

/** Empty for a process that has ended, also if nobody has asked for its exit code yet. */
function readEnvironment(pid: number): Buffer {
  try {
    return readFileSync(`/proc/${pid}/environ`);
  } catch {
    return Buffer.alloc(0);
  }
}
