/** What a run of `e2fsck -fn` printed in the C locale, and its exit code. */
export interface E2fsckRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What e2fsck found. */
export interface E2fsckReport {
  /** Empty for a sound filesystem; otherwise the exit code and all that e2fsck printed, in lines. */
  readonly faults: readonly string[];
  /** Such as "11/16384 files (0.0% non-contiguous), 1900/16384 blocks"; empty if there is none. */
  readonly summary: string;
}

const PASSES = [
  'Pass 1: Checking inodes, blocks, and sizes',
  'Pass 2: Checking directory structure',
  'Pass 3: Checking directory connectivity',
  'Pass 4: Checking reference counts',
  'Pass 5: Checking group summary information',
];
const SUMMARY = /: (\d+\/\d+ files \(\d+\.\d% non-contiguous\), \d+\/\d+ blocks)$/;
const VERSION = /^(e2fsck \S+ \([^\n]*\)\n)?$/;

/**
 * Parses the output of `e2fsck -fn`. A filesystem is sound if e2fsck prints its version, five passes and a summary, and nothing
 * else: it reports some faults with exit code 0.
 */
export function parseE2fsck({ exitCode, stdout, stderr }: E2fsckRun): E2fsckReport {
  const lines = stdout.split('\n');
  const [passes, summary, rest] = [lines.slice(0, 5), SUMMARY.exec(lines[5] ?? ''), lines.slice(6)];
  const isSound =
    exitCode === 0 &&
    VERSION.test(stderr) &&
    passes.join('\n') === PASSES.join('\n') &&
    summary !== null &&
    rest.join('\n') === '';
  return {
    faults: isSound
      ? []
      : [`e2fsck -fn, exit code ${exitCode}`, ...`${stderr}${stdout}`.split('\n').filter((line) => line !== '')],
    summary: summary?.[1] ?? '',
  };
}

/** Parses the fields of a superblock, and those of its journal, from the output of dumpe2fs or of debugfs' `show_super_stats`. */
export function parseFields(text: string): ReadonlyMap<string, string> {
  const [header] = text.split(/^Group 0:/m, 1);
  return new Map([...header.matchAll(/^([^:\n]+):[ \t]*(.*)$/gm)].map(([, name, value]) => [name, value]));
}
