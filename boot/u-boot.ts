import type { Console } from '../src/boot/machine/console.ts';

/** A file as U-Boot read it. */
export interface LoadedFile {
  /** Bytes. */
  readonly size: number;
  readonly crc32: number;
}

/** U-Boot's own shell. */
export interface Shell {
  /** Runs a command and returns what it prints. */
  run(command: string, seconds?: number): Promise<string>;
  /** Loads a file of a partition, such as `virtio 0:2`, into memory, and has its CRC-32 taken there. */
  load(partition: string, path: string): Promise<LoadedFile>;
}

/** Keeps U-Boot from booting by itself, and returns its shell. */
export async function interruptUBoot(serial: Console): Promise<Shell> {
  await serial.waitFor(/Hit any key to stop autoboot/, 60);
  serial.type(' ');
  await serial.waitFor(PROMPT, 60);
  const run: Shell['run'] = async (command, seconds = 120) => {
    serial.type(`${command}\n`);
    const start = serial.text().length;
    await serial.waitFor(PROMPT, seconds);
    return serial.text().slice(start);
  };
  return {
    run,
    async load(partition, path) {
      const loaded = await run(`load ${partition} $ramdisk_addr_r "${path}"`);
      const sum = await run('crc32 $fileaddr $filesize');
      return { size: parseLoadedSize(loaded), crc32: parseCrc32(sum) };
    },
  };
}

/** Of U-Boot's shell, at the beginning of a line. */
const PROMPT = /\n=> $/;

/** Reads what U-Boot's `load` prints. */
export function parseLoadedSize(text: string): number {
  const match = /^(\d+) bytes read in \d+ ms/m.exec(text);
  if (match === null) {
    throw new Error(`U-Boot loaded nothing: ${text.trim()}`);
  }
  return Number(match[1]);
}

/** Reads what U-Boot's `crc32` prints. */
export function parseCrc32(text: string): number {
  const match = /^crc32 for [0-9a-f]+ \.\.\. [0-9a-f]+ ==> ([0-9a-f]{8})$/m.exec(text);
  if (match === null) {
    throw new Error(`U-Boot gave no CRC-32: ${text.trim()}`);
  }
  return Number.parseInt(match[1], 16);
}

/** Reads the sizes of files, by name, from what U-Boot's `ext4ls` and `fatls` print. */
export function parseListing(text: string): ReadonlyMap<string, number> {
  const files = [...text.matchAll(/^ +(\d+) +(\S.*)$/gm)];
  return new Map(files.map(([, size, name]) => [name.trim(), Number(size)]));
}
