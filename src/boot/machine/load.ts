import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type UserError, userError } from '../../errors/user-error.ts';
import { quote } from '../../text/escape.ts';
import type { BootFiles } from '../card/boot-files.ts';
import { unpackKernel } from './kernel-image.ts';
import type { Platform } from './platforms.ts';

/**
 * QEMU's options that load the kernel, the initial RAM disks and the parameters that the boot files of a card name, with the
 * serial port of the machine for a console. The files are copied into `directory`.
 *
 * Throws a `UserError` if a file that the boot files name is not there.
 */
export async function loadKernel(platform: Platform, files: BootFiles, directory: string): Promise<readonly string[]> {
  const kernel = join(directory, 'kernel');
  if (files.kernel === undefined) {
    throw missing(files, 'names no kernel');
  }
  await extract(files, files.kernel, kernel);
  if (platform.architecture === 'arm64') {
    writeFileSync(kernel, unpackKernel(readFileSync(kernel)));
  }
  const initrd = join(directory, 'initrd');
  const part = join(directory, 'initrd-part');
  for (const path of files.initrds) {
    await extract(files, path, part);
    appendFileSync(initrd, readFileSync(part));
    rmSync(part);
  }
  const parameters = `${files.parameters} console=${platform.serialPort}`.trim();
  const initrdOption = existsSync(initrd) ? ['-initrd', initrd] : [];
  return ['-kernel', kernel, ...initrdOption, '-append', parameters];
}

async function extract(files: BootFiles, path: string, target: string): Promise<void> {
  if (!(await files.volume.extract(path, target))) {
    throw missing(files, `names ${quote(path)}, which is not there`);
  }
}

function missing({ configuration, volume }: BootFiles, what: string): UserError {
  return userError({
    title: 'A boot file is missing',
    message: `${configuration} on ${volume.name} ${what}.`,
    remedy: 'Build the image from a system whose boot loader writes its kernel there, and boot it again.',
    code: 'NOTHING_TO_BOOT',
  });
}
