import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { inputError, userError } from '../../errors/user-error.ts';
import { quote } from '../../text/escape.ts';
import type { Directory } from '../../tree/compose.ts';
import { directory, directoryAt } from '../../tree/directory.ts';
import { overlay } from '../../tree/overlay.ts';
import type { BootNote, BootOptions } from '../boot-options.ts';
import type { BootLoader, ExtlinuxMenu } from '../loader/boot-loader.ts';
import { mountOf, readMounts } from '../mounts/fstab.ts';
import type { NixosSystem } from '../nixos-system.ts';
import { extlinuxFiles } from './boot-files.ts';
import { describePlace, notesOf, type PlacedMenu } from './notes.ts';
import { type BootPlace, findPlace, placeOnImage } from './place.ts';
import { DEFAULT_BOOT_DIRECTORY, DEFAULT_LOADER_SETTINGS } from './settings.ts';

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
  const isUpdated = loader.kind === 'extlinux' && placed.every(({ notUpdated }) => notUpdated === undefined);
  const where = placed.map(({ place }) => describePlace(place)).join(' and ');
  return {
    root: files('root') ?? directory({}),
    firmware: files('firmware'),
    bootPartition: options.bootPartition === 'auto' ? placed[0].place.partition : options.bootPartition,
    summary: `extlinux in ${where}${isUpdated ? '' : ', which nixos-rebuild does not update'}`,
    notes: notesOf(placed, { system, loader, options }),
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

function placeMenus(
  menus: readonly ExtlinuxMenu[],
  { toplevel }: NixosSystem,
  { bootPartition, fat }: BootOptions,
): readonly PlacedMenu[] {
  const mounts = readMounts(toplevel);
  if (bootPartition !== 'auto') {
    const [menu] = menus;
    const place: BootPlace = { partition: bootPartition, path: bootPartition === 'root' ? 'boot' : '' };
    const isOwn = isDeepStrictEqual(findPlace(menu.directory, mounts, fat ?? NO_FAT), place);
    return [{ menu, place, notUpdated: isOwn ? undefined : `it writes to ${menu.directory}` }];
  }
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
