import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../../../src/process/find-program.ts';
import { runTool } from '../run-tool.ts';
import { type ArchiveFile, cpioArchive } from './cpio.ts';
import { BUSYBOX, readModules } from './guest.ts';

/** What the virtual machine's first program does. */
export interface InitSettings {
  /** Shell script that it runs on each disk, with the device as its argument. */
  readonly script: string;
  /** Names of the disks' devices, such as `vda`. */
  readonly disks: readonly string[];
  /** Name of the device that receives the results. */
  readonly results: string;
}

/**
 * Creates the initial RAM disk: the first program and the script that it runs on each disk, busybox, this machine's resize2fs, and
 * the kernel's modules.
 *
 * @throws Error if script/setup has not unpacked busybox and the modules.
 */
export async function makeInitrd({ script, disks, results }: InitSettings): Promise<Buffer> {
  return cpioArchive([
    { path: 'init', data: readFileSync(join(import.meta.dirname, 'init.sh')) },
    { path: 'machine', data: Buffer.from(`disks='${disks.join(' ')}'\nresults=${results}\n`) },
    { path: 'script', data: Buffer.from(script) },
    { path: 'bin/busybox', data: readFileSync(BUSYBOX) },
    ...readModules().map(({ name, data }) => ({ path: `modules/${name}`, data })),
    ...(await programWithLibraries('resize2fs')),
  ]);
}

/** A program of this machine, in bin/, and its libraries and their loader, at their paths on this machine. */
export async function programWithLibraries(name: string): Promise<readonly ArchiveFile[]> {
  const program = findProgram(name, { extraDirectories: ['/usr/sbin', '/sbin'] });
  const { stdout } = await runTool('ldd', [program]);
  const libraries = [...stdout.toString().matchAll(/\/\S+(?= \(0x)/g)].map(([path]) => path);
  return [
    { path: `bin/${name}`, data: readFileSync(program) },
    ...libraries.map((path) => ({ path: path.slice(1), data: readFileSync(path) })),
  ];
}
