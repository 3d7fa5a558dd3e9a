import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { printable } from '../src/text/printable.ts';
import type { Console } from '../test/support/vm/console.ts';
import { HEADLESS, virtioDisk, withEmulator } from '../test/support/vm/emulator.ts';
import type { Kind } from './kinds.ts';

/** A machine that is to boot a card. */
export interface Machine {
  readonly kind: Kind;
  readonly card: string;
  /** File that the console's text is left in. */
  readonly log: string;
}

/**
 * Switches on a machine of QEMU with a card, and has `use` sit at its serial console, which is shown line by line. Whatever
 * happens, the machine is off afterwards.
 */
export function withMachine<T>({ kind, card, log }: Machine, use: (console: Console) => Promise<T>): Promise<T> {
  const show = (line: string): void => console.log(`  | ${printable(line)}`);
  const { program, args } = HARDWARE[kind.platform.architecture];
  const all = [...args, '-bios', firmwareOf(kind), '-smp', '2', '-m', '1536', ...HEADLESS, ...virtioDisk('card', card)];
  return withEmulator(program, all, show, async (serial) => {
    try {
      return await use(serial);
    } catch (cause) {
      const message = `The machine did not do what it should; its console is shown above, and in ${basename(log)} if it is kept.`;
      throw new Error(message, { cause });
    } finally {
      writeFileSync(log, serial.text());
    }
  });
}

const HARDWARE = {
  arm64: { program: 'qemu-system-aarch64', args: ['-machine', 'virt', '-cpu', 'cortex-a57'] },
  amd64: { program: 'qemu-system-x86_64', args: ['-machine', 'q35'] },
} as const;

/** U-Boot of Debian's u-boot-qemu, and EDK2 of qemu-efi-aarch64 and ovmf, with variables that are lost at the end. */
function firmwareOf({ platform, loader }: Kind): string {
  if (loader === 'extlinux') {
    return '/usr/lib/u-boot/qemu_arm64/u-boot.bin';
  }
  return platform.architecture === 'arm64' ? '/usr/share/qemu-efi-aarch64/QEMU_EFI.fd' : '/usr/share/ovmf/OVMF.fd';
}
