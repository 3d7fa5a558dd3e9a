import type { Console } from '../test/support/vm/console.ts';
import { withBoard } from './board.ts';
import type { Fact } from './fact.ts';
import type { FileOnCard } from './files.ts';
import { interruptUBoot } from './u-boot.ts';
import { expectInUBoot } from './u-boot-files.ts';

/**
 * Boots a card for the first time: reads files of it in U-Boot's own shell, then lets U-Boot boot it, and waits until the
 * system has done what NixOS does at its first boot, and is off.
 *
 * @param log file that the console's text is left in.
 */
export function bootFirst(card: string, log: string, files: readonly FileOnCard[]): Promise<readonly Fact[]> {
  return withBoard(card, log, async (serial) => {
    const facts = await expectInUBoot(await interruptUBoot(serial), files);
    serial.type('boot\n');
    await expectStart(serial);
    await serial.waitFor(/on-line resizing required/, 120, OVER);
    return [...facts, ['first boot: grown, registered, verified', await expectEnd(serial, 'first')]];
  });
}

/** Boots a card that was booted before, without a key being touched; its store must have so many paths. */
export function bootAgain(card: string, log: string, storePaths: number): Promise<readonly Fact[]> {
  return withBoard(card, log, async (serial) => {
    await expectStart(serial);
    await serial.waitFor(new RegExp(`\\nboot-test: the profile holds ${storePaths} store paths`), 120, OVER);
    return [[`second boot: the profile holds all ${storePaths} store paths`, await expectEnd(serial, 'later')]];
  });
}

/**
 * What the console shows after a failure: U-Boot finds nothing to boot, the kernel panics or reports an error of the
 * filesystem, or the system's test failed.
 */
const OVER =
  /\nBOOTP broadcast.*|\n=> $|Kernel panic.*|EXT4-fs(?: \(\w+\):)? (?:error|warning).*|JBD2.*|\nboot-test: \w+ boot failed/;

/** U-Boot finds the configuration, loads what it names, and starts the kernel, which mounts the root. */
async function expectStart(serial: Console): Promise<void> {
  // Versions of U-Boot differ in how they say what they found, and in what they load first.
  await serial.waitFor(/(?:Found|extlinux +ready .*) \/boot\/extlinux\/extlinux\.conf\n/, 60, OVER);
  for (let count = 0; count < 2; count++) {
    await serial.waitFor(/Retrieving file: \/boot\/extlinux\/\.\.\/nixos\/\S+-(Image|initrd)\n/, 30, OVER);
  }
  await serial.waitFor(/Starting kernel \.\.\./, 60, OVER);
  await serial.waitFor(/\nboot-test: stage 1 mounts \S+ and starts \S+/, 120, OVER);
}

/** The system's test succeeds, and the board is switched off. Gives what it says of its filesystem. */
async function expectEnd(serial: Console, which: 'first' | 'later'): Promise<string> {
  const [, space] = await serial.waitFor(/\nboot-test: the root filesystem has (\d+ KiB, \d+ KiB free)/, 300, OVER);
  await serial.waitFor(new RegExp(`\\nboot-test: ${which} boot succeeded`), 60, OVER);
  await serial.waitForEnd(60);
  return space;
}
