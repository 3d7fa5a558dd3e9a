import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { printable } from '../src/text/printable.ts';
import type { Console } from '../test/support/vm/console.ts';
import { HEADLESS, virtioDisk, withEmulator } from '../test/support/vm/emulator.ts';

/** U-Boot for QEMU's board, of Debian's u-boot-qemu. */
const U_BOOT = '/usr/lib/u-boot/qemu_arm64/u-boot.bin';

/**
 * Switches on QEMU's arm64 board with U-Boot and a card, and has `use` sit at its serial console, which is shown line by
 * line, and left in the file `log`. Whatever happens, the board is off afterwards.
 */
export function withBoard<T>(card: string, log: string, use: (console: Console) => Promise<T>): Promise<T> {
  const show = (line: string): void => console.log(`  | ${printable(line)}`);
  return withEmulator('qemu-system-aarch64', boardArguments(card), show, async (serial) => {
    try {
      return await use(serial);
    } catch (cause) {
      const message = `The board did not do what it should; its console is shown above, and in ${basename(log)} if it is kept.`;
      throw new Error(message, { cause });
    } finally {
      writeFileSync(log, serial.text());
    }
  });
}

function boardArguments(card: string): readonly string[] {
  const board = ['-machine', 'virt', '-cpu', 'cortex-a57', '-smp', '2', '-m', '1536', '-bios', U_BOOT];
  return [...board, ...HEADLESS, ...virtioDisk('card', card)];
}
