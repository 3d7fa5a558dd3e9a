import { inputError } from '../errors/user-error.ts';
import type { Directory } from '../tree/compose.ts';
import { directory, directoryAt } from '../tree/directory.ts';
import type { BootNote, BootOptions } from './boot-options.ts';
import { extlinuxBoot } from './extlinux/boot.ts';
import { type BootLoader, readBootLoader } from './loader/boot-loader.ts';
import { type NixosSystem, readNixosSystem } from './nixos-system.ts';
import { raspberryPiFiles } from './raspberry-pi/files.ts';
import { systemdBoot } from './systemd-boot/boot.ts';

/** A NixOS system with the files that its boot loader needs. */
export interface BootableSystem {
  /** Its store path. */
  readonly toplevel: string;
  /** Its name for people; `undefined` if the system does not say. */
  readonly label: string | undefined;
  /** Such as aarch64-linux; `undefined` if the system does not say. */
  readonly platform: string | undefined;
  /** The kernel parameters, one line of bytes. */
  readonly kernelParams: Uint8Array;
  /** What its own installer writes. */
  readonly loader: BootLoader;
  readonly boot: Boot;
  /** Names of the specialisations, which are not on the boot menu; for the log. */
  readonly specialisations: readonly string[];
}

/** How an image boots its system. */
export interface Boot {
  /** Overlays the root of an image. */
  readonly rootOverlay: Directory;
  /** Overlays the files of the FAT partition; `undefined` if the boot loader has none there. */
  readonly firmwareOverlay: Directory | undefined;
  /** What the FAT partition is, if there is one. */
  readonly firmwareKind: 'firmware' | 'esp';
  /** The partition that the boot loader is to look at, which gets the boot flag. */
  readonly bootPartition: 'root' | 'firmware';
  /** Whether the installer on the device fails without a generation of the system profile. */
  readonly needsProfile: boolean;
  /** A phrase for the job summary. */
  readonly summary: string;
  /** What was read, what is a default, and what `nixos-rebuild` will do; for the log. */
  readonly notes: readonly BootNote[];
}

/**
 * Reads the system at a path, with the settings of its own boot loader, without running any of it. Errors as in
 * `readNixosSystem`, `extlinuxBoot`, `systemdBoot` and `raspberryPiFiles`.
 */
export function readBootableSystem(path: string, options: BootOptions): BootableSystem {
  const system = readNixosSystem(path);
  const loader = readBootLoader(system.toplevel);
  const boot = bootOf(system, loader, options);
  return {
    toplevel: system.toplevel,
    label: system.label,
    platform: system.platform,
    kernelParams: system.kernelParams,
    loader,
    boot: system.hasInitrdSecrets ? { ...boot, notes: [...boot.notes, SECRETS_NOTE] } : boot,
    specialisations: boot.firmwareKind === 'esp' ? [] : system.specialisations,
  };
}

const SECRETS_NOTE: BootNote = {
  title: 'The initrd has no secrets',
  text: 'The initrd secrets of the system (boot.initrd.secrets) are not in the image: the installer of the boot loader adds them on the device.',
};

function bootOf(system: NixosSystem, loader: BootLoader, options: BootOptions): Boot {
  const chosen = chosenLoader(loader, options);
  if (chosen !== 'extlinux') {
    refuseMenuInputs(chosen, options);
  }
  switch (chosen) {
    case 'none':
      return noBoot(
        options,
        'none',
        'The image has no boot files beside those of root-files and firmware-files (boot-loader: none)',
      );
    case 'raspberry-pi':
      return raspberryPiBoot(system, loader, options);
    case 'extlinux': {
      const { root, firmware, ...boot } = extlinuxBoot(system, loader, options);
      return {
        ...boot,
        rootOverlay: root,
        firmwareOverlay: firmware,
        firmwareKind: 'firmware',
        needsProfile: false,
      };
    }
    case 'systemd-boot':
      return systemdBootOf(system, loader, options);
  }
}

function systemdBootOf(system: NixosSystem, loader: BootLoader, options: BootOptions): Boot {
  const { root, esp, notes } = systemdBoot(system, loader, options);
  return {
    rootOverlay: root,
    firmwareOverlay: esp,
    firmwareKind: 'esp',
    bootPartition: 'firmware',
    needsProfile: true,
    summary: esp === undefined ? 'none: the EFI system partition is not in the image' : 'systemd-boot',
    notes,
  };
}

/** A system with another loader, or one that cannot be read, gets a menu for U-Boot, which most boards have. */
function chosenLoader({ kind }: BootLoader, { bootLoader }: BootOptions): Exclude<BootOptions['bootLoader'], 'auto'> {
  if (bootLoader !== 'auto') {
    return bootLoader;
  }
  return kind === 'raspberry-pi' || kind === 'systemd-boot' ? kind : 'extlinux';
}

/** Settings of a menu that the image does not have. */
function refuseMenuInputs(chosen: string, { deviceTree, bootTimeout }: BootOptions): void {
  const input = deviceTree !== undefined ? 'device-tree' : bootTimeout !== undefined ? 'boot-timeout' : undefined;
  if (input === undefined) {
    return;
  }
  throw inputError({
    input,
    message: `The input ${input} is a setting of extlinux, but the boot loader of the image is ${chosen}.`,
    remedy: `Remove ${input}, or set boot-loader to extlinux.`,
  });
}

function noBoot({ bootPartition }: BootOptions, summary: string, text: string): Boot {
  return {
    rootOverlay: directory({}),
    firmwareOverlay: undefined,
    firmwareKind: 'firmware',
    bootPartition: bootPartition === 'firmware' ? 'firmware' : 'root',
    needsProfile: false,
    summary,
    notes: [{ title: undefined, text }],
  };
}

function raspberryPiBoot(system: NixosSystem, loader: BootLoader, options: BootOptions): Boot {
  const rootOverlay = directoryAt('boot/firmware', directory({}));
  if (options.fat === undefined) {
    const text =
      'The firmware of a Raspberry Pi boots from a FAT partition, which an image with format: ext4 does not have';
    return { ...noBoot(options, 'none: the FAT partition is not in the image', text), rootOverlay };
  }
  const installer = loader.kind === 'raspberry-pi' ? loader : DEFAULT_INSTALLER;
  const files = raspberryPiFiles(system, installer, options.firmwareFiles);
  if (files.kind === 'as-given') {
    const text =
      'The firmware of the Raspberry Pi boots what firmware-files has: the image has no boot files beside them';
    return { ...noBoot(options, 'Raspberry Pi firmware, as firmware-files has it', text), rootOverlay };
  }
  const text =
    `The firmware of the Raspberry Pi boots ${files.prefix} of the FAT partition, as its config.txt sets it. ` +
    (loader.kind === 'raspberry-pi'
      ? 'nixos-rebuild on the device writes to the same partition'
      : 'The installer of the system does not write there: nixos-rebuild on the device will not update it');
  return {
    ...noBoot(options, `Raspberry Pi firmware, ${files.prefix} of the FAT partition`, text),
    rootOverlay,
    firmwareOverlay: files.files,
  };
}

const DEFAULT_INSTALLER = { hasGenerations: true, firmwareDeviceTrees: undefined };
