import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import type { Console } from '../src/boot/machine/console.ts';
import { withEmulator } from '../src/boot/machine/emulator.ts';
import { findFirmware } from '../src/boot/machine/firmware.ts';
import { machineArguments } from '../src/boot/machine/machine.ts';
import { PLATFORMS } from '../src/boot/machine/platforms.ts';
import { printable } from '../src/text/printable.ts';
import type { Kind } from './kinds.ts';

/** A machine that is to boot a card. */
export interface Machine {
  readonly kind: Kind;
  readonly card: string;
  /** File that the console's text is left in. */
  readonly log: string;
}

/**
 * Switches on a machine of the action boot-test with a card, and has `use` sit at its serial console, which is shown line by
 * line. Whatever happens, the machine is off afterwards.
 */
export function withMachine<T>({ kind, card, log }: Machine, use: (console: Console) => Promise<T>): Promise<T> {
  const show = (line: string): void => console.log(`  | ${printable(line)}`);
  const platform = PLATFORMS[kind.platform.architecture === 'arm64' ? 'arm64' : 'x86-64'];
  const load = findFirmware(platform, kind.loader === 'extlinux' ? 'u-boot' : 'uefi');
  const args = machineArguments({ platform, load, accelerator: 'tcg', memory: MEMORY, cpus: 2, card });
  return withEmulator(platform.emulator, args, show, async (serial) => {
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

/** Bytes. */
const MEMORY = 1536 * 1024 * 1024;
