/** A part of a boot, and how long it took. */
export interface BootPart {
  readonly name: 'firmware' | 'kernel' | 'firmware and kernel' | 'user space' | 'until wait-for';
  readonly seconds: number;
}

/** Seconds since the machine was switched on, where the console shows that a part began. */
export interface BootMarks {
  kernel?: number;
  userSpace?: number;
}

/** The first line that a kernel or the last one that a boot loader prints. */
const KERNEL = /^Starting kernel \.\.\.|^EFI stub: |Linux version \d|^\[ *\d+\.\d{6}\]/;
/** The first lines of stage 1 of NixOS, of systemd, and what the kernel says of either. */
const USER_SPACE = /<<< .*Stage 1 >>>|Run \/\S+ as init process|systemd\[1\]: |^Welcome to |^\[ {2}OK {2}\]/;

/** Notes what a line shows to have begun; `seconds` is when it came. */
export function noteLine(marks: BootMarks, line: string, seconds: number): void {
  if (USER_SPACE.test(line)) {
    marks.userSpace ??= seconds;
  }
  if (KERNEL.test(line) && marks.userSpace === undefined) {
    marks.kernel ??= seconds;
  }
}

/** The parts of a boot that took `total` seconds: those whose beginnings the console has shown. */
export function partsOf({ kernel, userSpace }: BootMarks, total: number): readonly BootPart[] {
  if (userSpace === undefined) {
    return kernel === undefined
      ? [{ name: 'until wait-for', seconds: total }]
      : [
          { name: 'firmware', seconds: kernel },
          { name: 'until wait-for', seconds: total - kernel },
        ];
  }
  const before: readonly BootPart[] =
    kernel === undefined
      ? [{ name: 'firmware and kernel', seconds: userSpace }]
      : [
          { name: 'firmware', seconds: kernel },
          { name: 'kernel', seconds: userSpace - kernel },
        ];
  return [...before, { name: 'user space', seconds: total - userSpace }];
}
