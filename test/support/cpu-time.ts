/**
 * Milliseconds of CPU time that this thread takes for some work. Other processes do not count, but the speed of the machine
 * does: compare such times only with one another.
 */
export function cpuTime(work: () => void): number {
  const start = process.threadCpuUsage();
  let runs = 0;
  // The system may count in ticks of some milliseconds: a single short run could take no time at all.
  while (cpuTimeSince(start) < 200) {
    work();
    runs++;
  }
  return cpuTimeSince(start) / runs;
}

/** Milliseconds of CPU time that this thread took since `start`. */
export function cpuTimeSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.threadCpuUsage(start);
  return (user + system) / 1000;
}
