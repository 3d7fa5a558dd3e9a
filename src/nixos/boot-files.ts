import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { STORE_DIRECTORY } from '../nix/store-path.ts';
import { quote } from '../text/escape.ts';
import type { Child, Directory, Graft } from '../tree/compose.ts';
import { scanPath } from '../tree/scan.ts';
import { type ExtlinuxEntry, encodeExtlinux } from './extlinux.ts';
import type { LoaderSettings } from './loader-settings.ts';
import type { NixosSystem } from './nixos-system.ts';
import { systemError } from './system-error.ts';

/**
 * Returns the files that U-Boot needs to boot a system, as an overlay of the root of an image:
 * `/boot/extlinux/extlinux.conf`, and copies of the kernel, the initrd and the device trees in `/boot/nixos`, named by
 * their store paths and with the modes of the store, as extlinux-conf-builder.sh of NixOS puts them there. The next
 * `nixos-rebuild` finds them and keeps them while they are in use.
 *
 * Throws a `UserError` if the settings name a device tree that the system does not have.
 */
export function bootFilesOf(system: NixosSystem, settings: LoaderSettings): Directory {
  const files = [system.kernel, system.initrd, ...(system.deviceTrees === undefined ? [] : [system.deviceTrees])];
  const entry: ExtlinuxEntry = {
    kernel: pathFromConfiguration(system.kernel),
    initrd: pathFromConfiguration(system.initrd),
    parameters: `init=${system.init} ${system.kernelParams}`,
    deviceTree: deviceTreeOf(system, settings),
  };
  const configuration = Buffer.from(encodeExtlinux(entry, settings.timeout));
  const extlinux = directory([
    { name: Buffer.from('extlinux.conf'), node: { kind: 'generated', mode: 0o644, gid: 0, contents: configuration } },
  ]);
  const nixos = directory([...new Set(files)].map((path) => ({ name: Buffer.from(nameOf(path)), node: graft(path) })));
  const boot = directory([child('extlinux', extlinux), child('nixos', nixos)]);
  return directory([child('boot', boot)]);
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

/** Turns `<hash>-linux/Image` of the store into `<hash>-linux-Image`. */
function nameOf(path: string): string {
  return path.slice(STORE_DIRECTORY.length + 1).replaceAll('/', '-');
}

function pathFromConfiguration(path: string): string {
  return `../nixos/${nameOf(path)}`;
}

function graft(path: string): Graft {
  return { kind: 'graft', gid: 0, tree: scanPath(Buffer.from(path), 'store'), path: Buffer.from(path) };
}

function directory(children: readonly Child[]): Directory {
  return { kind: 'directory', mode: 0o755, gid: 0, children };
}

function child(name: string, node: Directory): Child {
  return { name: Buffer.from(name), node };
}
