import { type UserError, userError } from '../../errors/user-error.ts';
import { printable } from '../../text/printable.ts';

/** Why a boot failed. */
export type FailureKind =
  | 'nothing-to-boot'
  | 'kernel-panic'
  | 'root-device'
  | 'emergency-mode'
  | 'failed-job'
  | 'fail-on'
  | 'machine-ended'
  | 'timeout'
  | 'console-flood'
  | 'login'
  | 'command';

/** What the console shows when the firmware or the boot loader finds nothing that it can start. */
export const NOTHING_TO_BOOT = new RegExp(
  [
    // U-Boot: it tries the network, ends at its prompt, or cannot read a file of an entry.
    '^BOOTP broadcast',
    '^=> $',
    '^Skipping .+ for failure retrieving',
    // EDK2: it tries the network, or ends at its shell.
    '^>>Start (?:PXE|HTTP)',
    'BdsDxe: No bootable option',
    '^Shell> ',
    // systemd-boot.
    '^Error (?:loading|opening) .+: ',
    'No loader found',
  ].join('|'),
);

/** What each kind of failure is recognised by, in a line that `fail-on` matches. */
const RECOGNISED: readonly (readonly [FailureKind, RegExp])[] = [
  ['kernel-panic', /Kernel panic - not syncing/],
  ['root-device', /Timed out waiting for device|An error occurred in stage 1/],
  ['emergency-mode', /emergency mode/i],
  ['failed-job', /\[FAILED\]|start job for unit \S+ has failed/],
];

/** The kind of failure that a line which `fail-on` matches is about. */
export function kindOf(line: string): FailureKind {
  return RECOGNISED.find(([, pattern]) => pattern.test(line))?.[0] ?? 'fail-on';
}

/** A failed boot. */
export interface BootFailure {
  readonly kind: FailureKind;
  /** Such as `Boot 1 of 2`. */
  readonly boot: string;
  /** Since the machine was switched on. */
  readonly seconds: number;
  /** What was seen: a line of the console, or the machine's state. */
  readonly seen: string;
}

/** The error for a failed boot: what was seen when, and what to do. */
export function bootError({ kind, boot, seconds, seen }: BootFailure): UserError {
  const { title, remedy } = TEXTS[kind];
  return userError({
    title,
    message: `${boot} failed ${seconds.toFixed(1)} s after the machine was switched on: ${printable(seen)}`,
    remedy,
    code: kind,
  });
}

const TEXTS: Readonly<Record<FailureKind, { readonly title: string; readonly remedy: string }>> = {
  'nothing-to-boot': {
    title: 'The firmware found nothing to boot',
    remedy:
      'Check the boot loader of the system and the boot flag: U-Boot boots extlinux/extlinux.conf of the partition with the flag, UEFI boots EFI/BOOT of the EFI system partition. If the image is for other firmware, set the input firmware.',
  },
  'kernel-panic': {
    title: 'The kernel panicked',
    remedy:
      'Look at the lines before it in the console: a missing root device, or an init program that ended. Check the parameters root= and init=, and that initrd and kernel are of one system.',
  },
  'root-device': {
    title: 'The root device did not appear',
    remedy:
      'Check that fileSystems."/" names the label or UUID of the image, and that the initrd has virtio_pci and virtio_blk (boot.initrd.availableKernelModules), which the disk of the emulator needs.',
  },
  'emergency-mode': {
    title: 'The system went to emergency mode',
    remedy:
      'Look for the unit that failed in the lines before it, most often a mount of fileSystems, and correct it in the configuration.',
  },
  'failed-job': {
    title: 'A unit of the system failed',
    remedy:
      'Correct the unit, or, if it cannot work without the hardware of the board, set fail-on to a regular expression that does not match it.',
  },
  'fail-on': {
    title: 'The console matched fail-on',
    remedy: 'Correct what the line reports, or change the input fail-on.',
  },
  'machine-ended': {
    title: 'The machine ended',
    remedy:
      'Look at the end of the console: the system powered off or restarted, or the emulator failed. Set wait-for to a text that comes before that.',
  },
  timeout: {
    title: 'The system did not reach wait-for',
    remedy:
      'Look at the end of the console. If it ends where the kernel should start, set the console in boot.kernelParams: console=ttyAMA0 for arm64, console=ttyS0 for x86-64 and riscv64. If the system is only slow, raise timeout; if it prints another text when it is up, set wait-for.',
  },
  'console-flood': {
    title: 'The console does not end',
    remedy: 'Look at the console for what repeats, and correct it in the configuration.',
  },
  login: {
    title: 'Root could not log in',
    remedy:
      'For the input run, root must log in on the serial console without a password: in a configuration for tests set users.users.root.initialHashedPassword to "", or services.getty.autologinUser to "root".',
  },
  command: {
    title: 'A command failed',
    remedy: 'Look at its output in the console, and correct the system or the line of the input run.',
  },
};
