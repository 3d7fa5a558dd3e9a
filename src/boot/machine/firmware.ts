import { existsSync } from 'node:fs';
import { userError } from '../../errors/user-error.ts';
import type { Firmware, Platform } from './platforms.ts';

/**
 * QEMU's options for the firmware of a platform. Throws a `UserError` if this machine does not have it, which
 * `missingPackages` finds before any work.
 */
export function findFirmware(platform: Platform, firmware: Exclude<Firmware, 'kernel'>): readonly string[] {
  const file = platform.firmware[firmware];
  const path = file?.paths.find((candidate) => existsSync(candidate));
  if (file === undefined || path === undefined) {
    throw userError({
      title: 'Firmware is missing',
      message: `There is no file of ${firmware} for ${platform.architecture}: ${file?.paths.join(', ') ?? 'no package has one'}.`,
      remedy: file === undefined ? 'Set firmware to kernel.' : `Install the package ${file.package}.`,
    });
  }
  return [file.option, path];
}
