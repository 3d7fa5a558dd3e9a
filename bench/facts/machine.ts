import { spawnSync } from 'node:child_process';
import { availableParallelism, cpus, release, totalmem } from 'node:os';

/** Where figures come from: without it they mean nothing. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly kernel: string;
  /** Kind of the filesystem that the images are written to. */
  readonly filesystem: string;
  readonly node: string;
  /** First line of what each tool says of its version. */
  readonly tools: Readonly<Record<string, string>>;
  /** Commit of the checkout, with "+" where files differ from it. */
  readonly commit: string;
  /** ISO 8601, to the minute. */
  readonly date: string;
}

/** Describes this machine; `work` is the directory that is written to. */
export function describeMachine(work: string, checkout: string): Machine {
  const tools: [string, string, ...string[]][] = [
    ['tar', 'tar', '--version'],
    ['zstd', 'zstd', '--version'],
    ['e2fsprogs', 'mkfs.ext4', '-V'],
    ['genext2fs', 'genext2fs', '--version'],
    ['fakeroot', 'fakeroot', '--version'],
    ['Nix', 'nix-store', '--version'],
  ];
  const changes = firstLine('git', ['-C', checkout, 'status', '--porcelain', '--untracked-files=no']);
  const commit = firstLine('git', ['-C', checkout, 'rev-parse', '--short', 'HEAD']);
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryBytes: totalmem(),
    kernel: release(),
    filesystem: firstLine('stat', ['--file-system', '--format', '%T', work]),
    node: process.version,
    tools: Object.fromEntries(tools.map(([name, program, ...args]) => [name, firstLine(program, args)])),
    commit: changes === '' ? commit : `${commit}+`,
    date: `${new Date().toISOString().slice(0, 16)}Z`,
  };
}

/** What a tool says first, on whichever stream; nothing where it is not to be had. */
function firstLine(program: string, args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
  return (stdout || stderr || '').trim().split('\n')[0];
}
