import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type DiskRun, runOnDisks } from '../../support/vm/machine.ts';
import { filesBelow } from './tools.ts';
import type { Files } from './volume.ts';

/** What Linux's vfat driver made of a volume. */
export interface KernelVolume {
  /** All files, as the kernel copied them out. */
  readonly files: Files;
  /** Last change of files and directories, seconds, each once; time zone UTC. */
  readonly times: readonly number[];
  /** Permission bits of files and directories, each once. */
  readonly modes: readonly string[];
  /** Bytes free by statfs. */
  readonly free: number;
  readonly complaints: readonly string[];
}

/**
 * Mounts volumes read-only in a virtual machine, whose kernel has vfat where the machine's own may have none, and copies all
 * files out. `directory` is for this run alone; it is made.
 *
 * @returns one volume for each path.
 */
export async function readWithKernel(paths: readonly string[], directory: string): Promise<readonly KernelVolume[]> {
  const disks = paths.map((path) => ({ path, readOnly: true }));
  const runs = await runOnDisks(SCRIPT, disks, directory);
  return runs.map((run, i) => volumeOf(run, paths[i]));
}

function volumeOf({ status, log, complaints, files }: DiskRun, path: string): KernelVolume {
  if (status !== 0) {
    throw new Error(`the kernel did not read ${path}:\n${log}${complaints.join('\n')}`);
  }
  const text = (name: string): string => readFileSync(join(files, name), 'latin1');
  // An empty volume has no line.
  const lines = text('stat').split('\n').slice(0, -1);
  const column = (i: number): readonly string[] => [...new Set(lines.map((line) => line.split(' ')[i]))];
  return {
    files: filesBelow(join(files, 'copy')),
    times: column(0).map((seconds) => Number(seconds)),
    modes: column(1),
    free: Number(text('free')),
    complaints,
  };
}

/** Called with the device of a volume; leaves files in its working directory. */
const SCRIPT = `
set -eu
mkdir /tmp/mounted
mount -t vfat -o ro,utf8,tz=UTC "$1" /tmp/mounted
trap 'umount /tmp/mounted; rmdir /tmp/mounted' EXIT
cp -r /tmp/mounted copy
find /tmp/mounted -mindepth 1 -exec stat -c '%Y %a' {} + | sort -u > stat
echo $(($(stat -f -c '%f * %S' /tmp/mounted))) > free
`;
