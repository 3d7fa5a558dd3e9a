import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { findProgram } from '../src/process/find-program.ts';
import { printable } from '../src/text/printable.ts';
import { type Console, openConsole } from './console.ts';

/** U-Boot for QEMU's board, of Debian's u-boot-qemu. */
const U_BOOT = '/usr/lib/u-boot/qemu_arm64/u-boot.bin';

/**
 * Switches on QEMU's arm64 board with U-Boot and a card, and has `use` sit at its serial console, which is shown line by
 * line, and left in the file `log`. Whatever happens, the board is off afterwards.
 */
export async function withBoard<T>(card: string, log: string, use: (console: Console) => Promise<T>): Promise<T> {
  const show = (line: string): void => console.log(`  | ${printable(line)}`);
  const serial = openConsole(spawn(findProgram('qemu-system-aarch64'), boardArguments(card)), show);
  process.once('exit', serial.close);
  try {
    return await use(serial);
  } catch (cause) {
    const message = `The board did not do what it should; its console is shown above, and in ${basename(log)} if it is kept.`;
    throw new Error(message, { cause });
  } finally {
    serial.close();
    process.off('exit', serial.close);
    writeFileSync(log, serial.text());
  }
}

/** Without KVM, which takes a machine of the same kind. A restart ends the emulator. */
function boardArguments(card: string): readonly string[] {
  const board = ['-machine', 'virt', '-cpu', 'cortex-a57', '-smp', '2', '-m', '1536', '-bios', U_BOOT];
  const surroundings = ['-display', 'none', '-serial', 'stdio', '-monitor', 'none', '-no-reboot', '-net', 'none'];
  // A comma in a file name would begin another option.
  const file = card.replaceAll(',', ',,');
  const disk = ['-drive', `if=none,id=card,format=raw,file=${file}`, '-device', 'virtio-blk-pci,drive=card'];
  return [...board, ...surroundings, ...disk];
}
