import { expect, it } from 'vitest';
import { type BootMarks, noteLine, partsOf } from '../../../src/boot/run/times.ts';

function marksOf(lines: readonly (readonly [number, string])[]): BootMarks {
  const marks: BootMarks = {};
  for (const [seconds, line] of lines) {
    noteLine(marks, line, seconds);
  }
  return marks;
}

it('divides a boot where firmware, kernel and user space begin', () => {
  const marks = marksOf([
    [0.1, 'U-Boot 2023.01+dfsg-2 (Jun 22 2026)'],
    [4, 'Starting kernel ...'],
    [4.1, '[    0.000000] Booting Linux on physical CPU 0x0000000000 [0x411fd070]'],
    [6, '<<< NixOS Stage 1 >>>'],
    [8, '[    4.200000] systemd[1]: Detected architecture arm64.'],
  ]);
  expect(partsOf(marks, 20)).toEqual([
    { name: 'firmware', seconds: 4 },
    { name: 'kernel', seconds: 2 },
    { name: 'user space', seconds: 14 },
  ]);
});

it('does not tell apart what a quiet console does not show', () => {
  const quiet = marksOf([
    [3, '<<< NixOS Stage 1 >>>'],
    [5, '[    3.000000] EXT4-fs (vda2): mounted filesystem'],
  ]);
  expect(partsOf(quiet, 10)).toEqual([
    { name: 'firmware and kernel', seconds: 3 },
    { name: 'user space', seconds: 7 },
  ]);
  expect(partsOf(marksOf([[3, 'EFI stub: Booting Linux Kernel...']]), 10)).toEqual([
    { name: 'firmware', seconds: 3 },
    { name: 'until wait-for', seconds: 7 },
  ]);
  expect(partsOf(marksOf([[3, 'hello']]), 10)).toEqual([{ name: 'until wait-for', seconds: 10 }]);
});
