import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../../support/run-tool.ts';
import type { Files } from './volume.ts';

/** The counts of fsck.vfat. */
export interface Counts {
  readonly files: number;
  readonly usedClusters: number;
  readonly clusters: number;
}

const CLEAN = /^fsck\.fat 4\.[0-9]+ \([-0-9]+\)\n[^\n]*: (\d+) files, (\d+)\/(\d+) clusters\n$/;

/** Checks a volume with fsck.vfat without changing it. Throws an error if it has findings. */
export async function checkWithFsck(path: string): Promise<Counts> {
  const { stdout, stderr } = await runTool('fsck.vfat', ['-n', path]);
  const match = CLEAN.exec(stdout.toString());
  if (match === null || stderr.length > 0) {
    throw new Error(`fsck.vfat found:\n${stderr}${stdout}`);
  }
  const [files, usedClusters, clusters] = match.slice(1).map(Number);
  return { files, usedClusters, clusters };
}

/** All paths that mtools lists. */
export async function listWithMtools(path: string): Promise<readonly string[]> {
  const { stdout } = await mtools('mdir', ['-i', path, '-a', '-/', '-b', '::/']);
  const lines = stdout.toString().split('\n').slice(0, -1);
  return lines.map((line) => line.replace(/^::\//, '').replace(/\/$/, '')).sort();
}

/** Copies all files of a volume to a new directory with mtools. */
export async function copyWithMtools(path: string, directory: string): Promise<void> {
  mkdirSync(directory);
  await mtools('mcopy', ['-i', path, '-s', '-n', '-Q', '::/*', directory]);
}

/** mtools writes names in UTF-8 only with such a locale. */
export function mtools(tool: string, args: readonly string[]): ReturnType<typeof runTool> {
  return runTool('env', ['LC_ALL=C.UTF-8', tool, ...args]);
}

/** All files and directories below a directory of this machine. */
export function filesBelow(directory: string): Files {
  const files: Record<string, Uint8Array | 'directory'> = {};
  for (const name of readdirSync(directory, { recursive: true, encoding: 'utf8' })) {
    const path = join(directory, name);
    files[name] = statSync(path).isDirectory() ? 'directory' : readFileSync(path);
  }
  return files;
}
