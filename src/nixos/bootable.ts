import type { Directory } from '../tree/compose.ts';
import { bootFilesOf } from './boot-files.ts';
import { DEFAULT_LOADER_SETTINGS, readLoaderSettings } from './loader-settings.ts';
import { readNixosSystem } from './nixos-system.ts';

/** A NixOS system and what U-Boot needs to boot it. */
export interface BootableSystem {
  /** Its store path. */
  readonly toplevel: string;
  /** To be laid over the root of an image. */
  readonly bootFiles: Directory;
  /** Whether its configuration has NixOS' extlinux boot loader, so that `nixos-rebuild` will keep the menu up to date. */
  readonly hasExtlinux: boolean;
  /** What of the system is not on the image's menu, for the log. */
  readonly specialisations: readonly string[];
}

/** Reads the system at a path, with the settings of its own boot loader where it tells them. Nothing of it is run. */
export function readBootableSystem(path: string): BootableSystem {
  const system = readNixosSystem(path);
  const settings = readLoaderSettings(system.toplevel);
  return {
    toplevel: system.toplevel,
    bootFiles: bootFilesOf(system, settings ?? DEFAULT_LOADER_SETTINGS),
    hasExtlinux: settings !== undefined,
    specialisations: system.specialisations,
  };
}
