/**
 * Milliseconds of processor time that this thread takes for some work: the minimum of some runs. Other processes do not
 * change it, but it depends on the processor. So such times can only be compared with each other.
 */
export function cpuTime(runs: number, work: () => void): number {
  let least = Number.POSITIVE_INFINITY;
  for (let run = 0; run < runs; run++) {
    const start = process.threadCpuUsage();
    work();
    least = Math.min(least, cpuTimeSince(start));
  }
  return least;
}

/** Milliseconds of processor time that this thread has used since `process.threadCpuUsage()` returned `start`. */
export function cpuTimeSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
