import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { inputError, userError } from '../../errors/user-error.ts';
import { quote } from '../../text/escape.ts';
import type { Directory } from '../../tree/compose.ts';
import { overlay } from '../../tree/overlay.ts';
import { type BootNote, type BootOptions, NOT_UPDATED } from '../boot-options.ts';
import { directory, directoryAt } from '../directory.ts';
import type { BootLoader, ExtlinuxMenu } from '../loader/boot-loader.ts';
import { mountOf, readMounts } from '../mounts/fstab.ts';
import type { NixosSystem } from '../nixos-system.ts';
import { extlinuxFiles, parametersOf } from './boot-files.ts';
import { type BootPlace, placeOnImage } from './place.ts';
import { DEFAULT_BOOT_DIRECTORY, DEFAULT_LOADER_SETTINGS, type LoaderSettings } from './settings.ts';

/** The files of boot menus on the partitions of an image. */
export interface ExtlinuxBoot {
  readonly root: Directory;
  readonly firmware: Directory | undefined;
  /** The partition that U-Boot is to look at. */
  readonly bootPartition: 'root' | 'firmware';
  /** A phrase, such as `extlinux in /boot of the root partition`. */
  readonly summary: string;
  readonly notes: readonly BootNote[];
}

/**
 * Makes the boot menus that the installer of a system would write, where it would write them, and without an extlinux
 * installer one with the defaults of NixOS in `/boot`. The inputs win over the system.
 *
 * Errors as in `extlinuxFiles` and `placeOnImage`; and a `UserError` if the image cannot have the FAT partition that a menu
 * is on, and for a device tree of the inputs that the system does not have.
 */
export function extlinuxBoot(system: NixosSystem, loader: BootLoader, options: BootOptions): ExtlinuxBoot {
  const menus = (loader.kind === 'extlinux' ? loader.menus : [DEFAULT_MENU]).map((menu) => override(menu, options));
  checkDeviceTree(system, options.deviceTree);
  const placed = placeMenus(menus, system, options);
  const files = (partition: BootPlace['partition']): Directory | undefined => {
    const trees = placed
      .filter(({ place }) => place.partition === partition)
      .map(({ menu, place }) => directoryAt(place.path, extlinuxFiles(system, menu.settings)));
    return trees.length === 0 ? undefined : trees.reduce((lower, upper) => overlay(lower, upper));
  };
  const where = placed.map(({ place }) => describePlace(place)).join(' and ');
  return {
    root: files('root') ?? directory({}),
    firmware: files('firmware'),
    bootPartition: options.bootPartition === 'auto' ? placed[0].place.partition : options.bootPartition,
    summary: `extlinux in ${where}`,
    notes: [
      ...placed.map((entry) => describeMenu(entry, loader)),
      ...placed.flatMap(unreadNotes),
      ...lengthNotes(system),
    ],
  };
}

const DEFAULT_MENU: ExtlinuxMenu = { directory: DEFAULT_BOOT_DIRECTORY, settings: DEFAULT_LOADER_SETTINGS, unread: [] };

/** Replaces the settings that the inputs have. */
function override(menu: ExtlinuxMenu, { deviceTree, bootTimeout, bootPartition }: BootOptions): ExtlinuxMenu {
  const given = {
    'device tree': deviceTree !== undefined,
    timeout: bootTimeout !== undefined,
    directory: bootPartition !== 'auto',
  };
  const { settings } = menu;
  return {
    ...menu,
    settings: {
      timeout: bootTimeout ?? settings.timeout,
      deviceTree: deviceTree ?? settings.deviceTree,
      usesDeviceTrees: deviceTree !== undefined || settings.usesDeviceTrees,
    },
    unread: menu.unread.filter((setting) => !given[setting]),
  };
}

function checkDeviceTree({ toplevel, deviceTrees }: NixosSystem, name: string | undefined): void {
  if (name === undefined || (deviceTrees !== undefined && existsSync(join(deviceTrees, name)))) {
    return;
  }
  throw inputError({
    input: 'device-tree',
    message: `The system ${quote(toplevel)} does not have the device tree ${quote(name)}.`,
    remedy: 'Set device-tree to a path below its directory dtbs, such as rockchip/rk3588-orangepi-5.dtb.',
  });
}

interface PlacedMenu {
  readonly menu: ExtlinuxMenu;
  readonly place: BootPlace;
  /** What the device does with the directory that the installer writes to, if it does not reach the place. */
  readonly notUpdated: string | undefined;
}

function placeMenus(
  menus: readonly ExtlinuxMenu[],
  { toplevel }: NixosSystem,
  { bootPartition, fat }: BootOptions,
): readonly PlacedMenu[] {
  if (bootPartition !== 'auto') {
    const [menu] = menus;
    const place: BootPlace = { partition: bootPartition, path: bootPartition === 'root' ? 'boot' : '' };
    return [{ menu, place, notUpdated: undefined }];
  }
  const mounts = readMounts(toplevel);
  return menus.map((menu) => {
    const place = placeOnImage(menu.directory, mounts, fat ?? NO_FAT);
    if (place.partition === 'firmware' && fat === undefined) {
      throw noFirmwarePartition(menu.directory);
    }
    const mount = mountOf(mounts, menu.directory);
    const isMounted = mount === undefined || !mount.options.includes('noauto');
    return { menu, place, notUpdated: isMounted ? undefined : `its fstab does not mount ${mount.directory} (noauto)` };
  });
}

/** For an image without a FAT partition: a label that no filesystem has. */
const NO_FAT = { label: '', volumeId: 0 };

function noFirmwarePartition(path: string): Error {
  return userError({
    title: 'The boot files have no place in the image',
    message: `The installer of the system writes its boot files to ${quote(path)}, on a FAT partition, which an image with format: ext4 does not have.`,
    remedy: 'Set format to sd-card, boot-partition to root, or boot-loader to none.',
  });
}

function describePlace({ partition, path }: BootPlace): string {
  return `/${path} of the ${partition === 'root' ? 'root' : 'FAT'} partition`;
}

function describeMenu({ menu, place, notUpdated }: PlacedMenu, loader: BootLoader): BootNote {
  const settings = `${describeTimeout(menu.settings.timeout)}, ${describeDeviceTrees(menu.settings)}`;
  const image = `The image has an extlinux.conf in ${describePlace(place)}: ${settings}`;
  if (loader.kind !== 'extlinux') {
    return {
      title: NOT_UPDATED,
      text: `${REASONS[reasonOf(loader)]} ${image}, as set by the inputs or else by default in NixOS.`,
    };
  }
  if (notUpdated !== undefined) {
    return {
      title: NOT_UPDATED,
      text: `${image}, as the system sets it. nixos-rebuild on the device will not update it: ${notUpdated}.`,
    };
  }
  return {
    title: undefined,
    text: `${image}, as the system sets it. nixos-rebuild on the device writes to ${menu.directory}`,
  };
}

type Reason = Exclude<BootLoader['kind'], 'extlinux' | 'none'> | 'no-switch' | 'not-enabled';

function reasonOf(loader: Exclude<BootLoader, { kind: 'extlinux' }>): Reason {
  return loader.kind === 'none' ? loader.reason : loader.kind;
}

/** What nixos-rebuild does on a device whose image has a menu that is not its own. */
const REASONS: Readonly<Record<Reason, string>> = {
  'no-switch':
    'The system cannot be switched (system.switch.enable is false), so its boot loader cannot be read, and nixos-rebuild on the device updates nothing.',
  'not-enabled':
    'The system has no boot loader enabled: nixos-rebuild on the device will not update what U-Boot boots. Enable boot.loader.generic-extlinux-compatible in the configuration.',
  grub: 'The system uses GRUB, which this action does not install: nixos-rebuild on the device will install GRUB, and not update what U-Boot boots.',
  'systemd-boot':
    'The system uses systemd-boot: nixos-rebuild on the device will write to its EFI system partition, and not update what U-Boot boots.',
  'raspberry-pi':
    'The firmware of a Raspberry Pi boots the system: nixos-rebuild on the device will write to its FAT partition, and not update what U-Boot boots.',
  unknown:
    'The system has a boot loader that this action does not know: nixos-rebuild on the device will not update what U-Boot boots. Enable boot.loader.generic-extlinux-compatible in the configuration.',
};

function describeTimeout(timeout: number): string {
  if (timeout < 0) {
    return 'a menu that waits for ever';
  }
  return timeout === 0 ? 'no menu' : `a menu for ${timeout} s`;
}

function describeDeviceTrees({ usesDeviceTrees, deviceTree }: LoaderSettings): string {
  if (!usesDeviceTrees) {
    return 'the device tree of the firmware';
  }
  return deviceTree === undefined ? 'a device tree of the kernel that U-Boot chooses' : `the device tree ${deviceTree}`;
}

function unreadNotes({ menu }: PlacedMenu): readonly BootNote[] {
  return menu.unread.map((setting) => ({
    title: 'A setting of the boot loader cannot be read',
    text: `The installer of the system sets the ${setting} in a way that cannot be read without running it; the image has the default of NixOS. Set ${INPUTS[setting]} to override it.`,
  }));
}

const INPUTS = { 'device tree': 'device-tree', directory: 'boot-partition', timeout: 'boot-timeout' } as const;

/** U-Boot's CONFIG_SYS_CBSIZE is 1,024 bytes by default, with the NUL at the end. */
const MAX_PARAMETERS = 1023;

function lengthNotes(system: NixosSystem): readonly BootNote[] {
  const { length } = parametersOf(system);
  if (length <= MAX_PARAMETERS) {
    return [];
  }
  return [
    {
      title: 'The kernel parameters are long',
      text: `The kernel parameters have ${length} bytes. U-Boot skips a menu entry with more than its CONFIG_SYS_CBSIZE allows, ${MAX_PARAMETERS} bytes unless the board raises it. Shorten boot.kernelParams.`,
    },
  ];
}
