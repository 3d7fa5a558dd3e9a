import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackKernel } from '../../../src/boot/machine/kernel-image.ts';

/** A kernel, its modules and busybox, of this machine's distribution, which script/setup unpacks but does not install. */
const GUEST = join(import.meta.dirname, '../../../.cache/guest');

/** The path of busybox, which is linked statically. */
export const BUSYBOX = join(GUEST, 'busybox');

/**
 * Reads the kernel that virtual machines boot.
 *
 * @throws Error if script/setup has not unpacked it.
 */
export function readKernel(): Buffer {
  return unpackKernel(readGuestFile('kernel'));
}

/** A module of the kernel. */
export interface KernelModule {
  /** The name of its file. */
  readonly name: string;
  readonly data: Buffer;
}

/**
 * Reads the modules that the kernel needs in a virtual machine.
 *
 * @throws Error if script/setup has not unpacked them.
 */
export function readModules(): readonly KernelModule[] {
  const names = orMissing(() => readdirSync(join(GUEST, 'modules')));
  return names.map((name) => ({ name, data: readGuestFile(`modules/${name}`) }));
}

function readGuestFile(name: string): Buffer {
  return orMissing(() => readFileSync(join(GUEST, name)));
}

function orMissing<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error('The kernel that the tests boot is missing: run script/setup test.', { cause });
  }
}
