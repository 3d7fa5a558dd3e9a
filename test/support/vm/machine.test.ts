// @module-tag system
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryDirectory } from '../temporary-directory.ts';
import { type Disk, MACHINE_TIMEOUT, runOnDisks } from './machine.ts';

const MIB = 1024 ** 2;

test(
  'runs a script on each disk, and gives what came of it',
  async () => {
    const directory = temporaryDirectory();
    const disks: readonly Disk[] = [
      { path: diskOf(directory, 'written, to'), readOnly: false },
      { path: diskOf(directory, 'kept'), readOnly: true },
    ];
    const script = `
      set -eu
      echo "on $1"
      echo "<3>error of \${1#/dev/}" > /dev/kmsg
      head -c 5 "$1" > 'the start'
      echo changed > new && dd if=new of="$1" conv=notrunc,fsync 2>&1
    `;
    const [written, kept] = await runOnDisks(script, disks, join(directory, 'machine'));
    expect(written.status).toBe(0);
    expect(written.log).toMatch(/^on \/dev\/vda\n/);
    expect(written.kernelLog).toContain('error of vda');
    expect(written.complaints).toEqual([expect.stringMatching(/error of vda$/)]);
    expect(readFileSync(join(written.files, 'the start'), 'latin1')).toBe('disk ');
    expect(readFileSync(disks[0].path, 'latin1').slice(0, 12)).toBe('changed\ntten');

    expect(kept.status).not.toBe(0);
    expect(kept.log).toMatch(/^on \/dev\/vdb\n.*Operation not permitted/s);
    expect(kept.kernelLog).not.toContain('vda');
    expect(kept.complaints).toEqual([expect.stringMatching(/error of vdb$/)]);
    expect(readFileSync(disks[1].path, 'latin1').slice(0, 9)).toBe('disk kept');
  },
  MACHINE_TIMEOUT,
);

test(
  'gives the console of a machine that does not get through',
  async () => {
    const directory = temporaryDirectory();
    const script = 'echo c > /proc/sysrq-trigger; sleep 100000';
    const run = runOnDisks(script, [{ path: diskOf(directory, 'disk') }], join(directory, 'machine'));
    // The kernel drops characters of its console where the emulator waits long for processor time: any of these is enough.
    await expect(run).rejects.toThrow(/before it had written its results.*(?:sysrq|Kernel panic|Call Trace)/s);
  },
  MACHINE_TIMEOUT,
);

/** A disk that begins with its name. */
function diskOf(directory: string, name: string): string {
  const path = join(directory, name);
  const contents = Buffer.alloc(MIB);
  contents.write(`disk ${name}`);
  writeFileSync(path, contents);
  return path;
}
