import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_DIRECTORY } from '../../nix/store-path.ts';
import { quote } from '../../text/escape.ts';
import type { Directory } from '../../tree/compose.ts';
import { directory, file, graft } from '../../tree/directory.ts';
import type { NixosSystem } from '../nixos-system.ts';
import { systemError } from '../system-error.ts';
import { type ExtlinuxEntry, encodeExtlinux } from './configuration.ts';
import type { LoaderSettings } from './settings.ts';

/**
 * Returns the files that U-Boot needs to boot a system: `extlinux/extlinux.conf`, and copies of the kernel, the initrd and
 * the device trees in `nixos`, named by their store paths and with the modes of the store, as extlinux-conf-builder.sh of
 * NixOS puts them into its directory. The next `nixos-rebuild` finds them and keeps them while they are in use.
 *
 * Throws a `UserError` if the settings name a device tree that the system does not have, and for a path whose name would be
 * longer than that of a file can be.
 */
export function extlinuxFiles(system: NixosSystem, settings: LoaderSettings): Directory {
  const files = [system.kernel, system.initrd, ...(system.deviceTrees === undefined ? [] : [system.deviceTrees])];
  const entry: ExtlinuxEntry = {
    kernel: pathFromConfiguration(system.kernel),
    initrd: pathFromConfiguration(system.initrd),
    parameters: parametersOf(system),
    deviceTree: deviceTreeOf(system, settings),
  };
  return directory({
    extlinux: directory({ 'extlinux.conf': file(encodeExtlinux(entry, settings.timeout)) }),
    nixos: directory(Object.fromEntries(files.map((path) => [nameOf(path), graft(path)]))),
  });
}

/** The kernel parameters of a menu entry. */
export function parametersOf({ init, kernelParams }: NixosSystem): Buffer {
  return Buffer.concat([Buffer.from(`init=${init} `), kernelParams]);
}

function deviceTreeOf(system: NixosSystem, settings: LoaderSettings): ExtlinuxEntry['deviceTree'] {
  if (!settings.usesDeviceTrees) {
    return undefined;
  }
  const { deviceTrees } = system;
  const isDirectory = deviceTrees !== undefined && statSync(deviceTrees).isDirectory();
  if (settings.deviceTree === undefined) {
    return isDirectory ? { kind: 'directory', path: pathFromConfiguration(deviceTrees) } : undefined;
  }
  if (!isDirectory || !existsSync(join(deviceTrees, settings.deviceTree))) {
    throw systemError({
      message: `The system ${quote(system.toplevel)} is configured to boot with the device tree ${quote(settings.deviceTree)}, which is not one of its device trees.`,
      remedy: 'Correct hardware.deviceTree.name.',
    });
  }
  return { kind: 'file', path: `${pathFromConfiguration(deviceTrees)}/${settings.deviceTree}` };
}

/** What ext4 and FAT allow, and Linux: NAME_MAX. */
const MAX_NAME = 255;

/** Turns `<hash>-linux/Image` of the store into `<hash>-linux-Image`. */
function nameOf(path: string): string {
  const name = path.slice(STORE_DIRECTORY.length + 1).replaceAll('/', '-');
  const bytes = Buffer.byteLength(name);
  if (bytes > MAX_NAME) {
    throw systemError({
      message: `The boot file ${quote(path)} would have the name ${quote(name)} in /boot/nixos: ${bytes} bytes, and a name has at most ${MAX_NAME}.`,
      remedy: 'Shorten the name of the package, or the path of the file in it.',
    });
  }
  return name;
}

function pathFromConfiguration(path: string): string {
  return `../nixos/${nameOf(path)}`;
}
