import { join } from 'node:path';
import { inputError, userError } from '../errors/user-error.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { platformOf } from './card/architecture.ts';
import { type Bootable, findBootable } from './card/boot-files.ts';
import type { Ext4Place } from './card/debugfs.ts';
import { openCard } from './card/open.ts';
import { readRegistered } from './card/store.ts';
import { findFirmware } from './machine/firmware.ts';
import { loadKernel } from './machine/load.ts';
import { needsOfMachine, provide } from './machine/packages.ts';
import type { Firmware, Platform } from './machine/platforms.ts';

/** How a card is booted, as far as it follows from the card. */
export interface BootPlan {
  readonly platform: Platform;
  readonly firmware: Firmware;
  /** What loads the kernel, as options of QEMU. */
  readonly load: readonly string[];
  /** `undefined` for a card without an ext4 filesystem. */
  readonly root: Ext4Place | undefined;
  /** The store paths that the image registers; none if it has no registration. */
  readonly registered: readonly StorePathInfo[];
  /** What could not be read, and may have other boot files. */
  readonly problems: readonly string[];
}

/** What the plan depends on besides the card. */
export interface PlanOptions {
  readonly firmware: Firmware | 'auto';
  /** Whether packages that are missing are installed. */
  readonly install: boolean;
  /** For files of the card that QEMU reads. */
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Reads from a card, a file of `size` bytes at `path`, how it is booted. Throws a `UserError` if nothing tells, if the
 * firmware that is wanted does not fit, and if packages are missing.
 */
export async function planBoot(path: string, size: number, options: PlanOptions): Promise<BootPlan> {
  const { directory, install, signal } = options;
  using card = await openCard(path, size);
  const bootable = await findBootable(card.volumes);
  const platform = await platformOf(bootable, card.rootVolume, join(directory, 'scratch'));
  if (platform === undefined) {
    throw unknownPlatform();
  }
  const firmware = chooseFirmware(options.firmware, bootable, platform);
  await provide(needsOfMachine(platform, firmware), { install, signal });
  return {
    platform,
    firmware,
    load: await loadOptions(platform, firmware, bootable, directory),
    root: card.root,
    problems: card.problems,
    registered: card.rootVolume === undefined ? [] : await readRegistered(card.rootVolume),
  };
}

/** The firmware that is wanted, or the one that boards with such boot files have. */
export function chooseFirmware(wanted: Firmware | 'auto', { efi, files }: Bootable, platform: Platform): Firmware {
  if (wanted !== 'auto') {
    if (wanted !== 'kernel' && platform.firmware[wanted] === undefined) {
      throw inputError({
        input: 'firmware',
        message: `The image is for ${platform.architecture}, for which this action has no ${wanted}.`,
        remedy: `Set firmware to auto, or to ${[...Object.keys(platform.firmware), 'kernel'].join(' or ')}.`,
      });
    }
    return wanted;
  }
  if (efi.includes(platform) && platform.firmware.uefi !== undefined) {
    return 'uefi';
  }
  if (files?.loader === 'raspberry-pi' || (files !== undefined && platform.firmware['u-boot'] === undefined)) {
    return 'kernel';
  }
  return platform.firmware['u-boot'] === undefined ? 'uefi' : 'u-boot';
}

async function loadOptions(
  platform: Platform,
  firmware: Firmware,
  { files }: Bootable,
  directory: string,
): Promise<readonly string[]> {
  if (firmware !== 'kernel') {
    return findFirmware(platform, firmware);
  }
  if (files === undefined) {
    throw inputError({
      input: 'firmware',
      message:
        'The image has no boot files that name a kernel: no extlinux.conf, no entry of systemd-boot, and no config.txt of a Raspberry Pi.',
      remedy: 'Check the boot loader of the system, or set firmware to auto.',
    });
  }
  return loadKernel(platform, files, directory);
}

function unknownPlatform(): Error {
  return userError({
    title: 'Nothing on the image boots',
    message:
      'The image has no program of EFI, no boot files that name a kernel, and no NixOS system, so that not even its processor is known.',
    remedy: 'Check the boot loader of the system that the image is made from.',
    code: 'NOTHING_TO_BOOT',
  });
}
