import type { Console } from '../src/boot/machine/console.ts';
import type { Fact } from './fact.ts';
import type { FileOnCard } from './files.ts';
import type { Kind } from './kinds.ts';
import { type Machine, withMachine } from './machine.ts';
import { interruptUBoot } from './u-boot.ts';
import { expectInUBoot } from './u-boot-files.ts';

/**
 * Boots a card for the first time: with U-Boot reads files of it in U-Boot's own shell, then lets the boot loader boot it,
 * and waits until the system has done what NixOS does at its first boot, and is off.
 */
export function bootFirst(machine: Machine, files: readonly FileOnCard[]): Promise<readonly Fact[]> {
  return withMachine(machine, async (serial) => {
    const facts = machine.kind.loader === 'extlinux' ? await readInUBoot(serial, files) : [];
    await expectStart(serial, machine.kind);
    await serial.waitFor(/on-line resizing required/, 300, OVER);
    return [...facts, ['first boot: grown, registered, verified', await expectEnd(serial, 'first')]];
  });
}

/** Boots a card that was booted before, without a key being touched; its store must have so many paths. */
export function bootAgain(machine: Machine, storePaths: number): Promise<readonly Fact[]> {
  return withMachine(machine, async (serial) => {
    await expectStart(serial, machine.kind);
    await serial.waitFor(new RegExp(`\\nboot-test: the profile holds ${storePaths} store paths`), 300, OVER);
    return [[`second boot: the profile holds all ${storePaths} store paths`, await expectEnd(serial, 'later')]];
  });
}

async function readInUBoot(serial: Console, files: readonly FileOnCard[]): Promise<readonly Fact[]> {
  const facts = await expectInUBoot(await interruptUBoot(serial), files);
  serial.type('boot\n');
  return facts;
}

/**
 * What the console shows after a failure: the firmware finds nothing to boot, systemd-boot cannot load the entry, the kernel
 * panics or reports an error of the filesystem, or the system's test failed.
 */
const OVER =
  /\nBOOTP broadcast.*|\n=> $|Start PXE over.*|Shell>|Error loading .*|Failed to execute.*|Kernel panic.*|EXT4-fs(?: \(\w+\):)? (?:error|warning).*|JBD2.*|\nboot-test: \w+ boot failed/;

/** The boot loader finds its configuration, loads what that names, and starts the kernel, which mounts the root. */
async function expectStart(serial: Console, { loader, bootPartition }: Kind): Promise<void> {
  if (loader === 'extlinux') {
    const directory = bootPartition === 'root' ? '/boot' : '';
    // Versions of U-Boot differ in how they say what they found, and in what they load first.
    const found = new RegExp(`(?:Found|extlinux +ready .*) ${directory}/extlinux/extlinux\\.conf\\n`);
    await serial.waitFor(found, 60, OVER);
    const file = new RegExp(`Retrieving file: ${directory}/extlinux/\\.\\./nixos/\\S+-(Image|initrd)\\n`);
    for (let count = 0; count < 2; count++) {
      await serial.waitFor(file, 120, OVER);
    }
    await serial.waitFor(/Starting kernel \.\.\./, 120, OVER);
  }
  await serial.waitFor(/\nboot-test: stage 1 mounts \S+ and starts \S+/, 300, OVER);
  await serial.waitFor(loader === 'extlinux' ? /\nboot-test: without EFI/ : BY_SYSTEMD_BOOT, 120, OVER);
}

/** The kernel tells who loaded it by the variables of the firmware. */
const BY_SYSTEMD_BOOT = /\nboot-test: by EFI, with systemd-boot \S+, from nixos-[0-9a-f]{64}\.conf/;

/** The system's test succeeds, and the machine is switched off. Gives what it says of its filesystem. */
async function expectEnd(serial: Console, which: 'first' | 'later'): Promise<string> {
  const [, space] = await serial.waitFor(/\nboot-test: the root filesystem has (\d+ KiB, \d+ KiB free)/, 600, OVER);
  await serial.waitFor(new RegExp(`\\nboot-test: ${which} boot succeeded`), 120, OVER);
  await serial.waitForEnd(120);
  return space;
}
