import { readdirSync, readFileSync } from 'node:fs';

/**
 * Bytes of memory that a process and all below it have resident at this moment, from Linux' /proc. What several of
 * them share counts for each.
 */
export function residentBytes(root: number): number {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) {
      continue;
    }
    const parent = parentIn(readProc(`${name}/stat`));
    if (parent !== undefined) {
      parents.set(Number(name), parent);
    }
  }
  return descendants(root, parents).reduce((sum, pid) => sum + residentIn(readProc(`${pid}/status`)), 0);
}

/** The process itself and all below it, given the parent of each process. */
export function descendants(root: number, parents: ReadonlyMap<number, number>): readonly number[] {
  const found = [root];
  for (let i = 0; i < found.length; i++) {
    for (const [pid, parent] of parents) {
      if (parent === found[i]) {
        found.push(pid);
      }
    }
  }
  return found;
}

/** The parent that /proc/PID/stat names (proc(5)); undefined for a process that has gone. */
export function parentIn(stat: string): number | undefined {
  // The name of the program comes first, in parentheses, and may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat === '' ? undefined : Number(fields[1]);
}

/** VmRSS of /proc/PID/status (proc(5)), in bytes; 0 for a process that has gone or that has no memory of its own. */
export function residentIn(status: string): number {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
}

function readProc(path: string): string {
  try {
    return readFileSync(`/proc/${path}`, 'utf8');
  } catch {
    // It has gone since the directory was read.
    return '';
  }
}
