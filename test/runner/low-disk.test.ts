import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { warnOfFullDisk } from '../../src/runner/low-disk.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

function fileSystem(blocks: number, bavail: number) {
  return () => ({ blocks, bavail, bsize: 4096 });
}

describe('warnOfFullDisk', () => {
  it('warns with the free space and a remedy below a tenth', () => {
    expect(warnOfFullDisk('/out/nixos.img', fileSystem(1000, 99))).toEqual({
      title: 'The disk is nearly full',
      text: expect.stringMatching(/^396 KiB of 3\.91 MiB are free where the image is, in \/out: .*output-directory/),
    });
    expect(warnOfFullDisk('/out/nixos.img', fileSystem(1000, 100))).toBeUndefined();
    expect(warnOfFullDisk('/out/nixos.img', fileSystem(0, 0))).toBeUndefined();
  });

  it('shows no character of the path that a terminal would act on', () => {
    expect(warnOfFullDisk('/o\u001b[31m/x', fileSystem(10, 0))?.text).toContain('/o\\x1b[31m:');
  });

  it('sees the file system that the file is on', () => {
    const directory = temporaryDirectory();
    const isNearlyFull = (): boolean => {
      const output = execFileSync('df', ['-B1', '--output=avail,size', directory], { encoding: 'utf8' });
      const [avail = 0, size = 0] = output.trim().split('\n').at(-1)?.trim().split(/\s+/).map(Number) ?? [];
      return avail < size / 10;
    };
    // Other tests write to the same disk meanwhile.
    const before = isNearlyFull();
    const isWarned = warnOfFullDisk(`${directory}/x`) !== undefined;
    expect([before, isNearlyFull()]).toContain(isWarned);
  });
});
