import type { Directory } from '../tree/compose.ts';
import { bootFilesOf } from './boot-files.ts';
import { DEFAULT_LOADER_SETTINGS, readLoaderSettings } from './loader-settings.ts';
import { readNixosSystem } from './nixos-system.ts';

/** A NixOS system with the files that U-Boot needs to boot it. */
export interface BootableSystem {
  /** Its store path. */
  readonly toplevel: string;
  /** Such as aarch64-linux; `undefined` if the system does not say. */
  readonly platform: string | undefined;
  /** Overlays the root of an image. */
  readonly bootFiles: Directory;
  /** Whether its configuration has the extlinux boot loader of NixOS, so that `nixos-rebuild` keeps the menu up to date. */
  readonly hasExtlinux: boolean;
  /** Names of the specialisations, which are not on the boot menu; for the log. */
  readonly specialisations: readonly string[];
}

/**
 * Reads the system at a path, with the settings of its own boot loader if it has extlinux, without running any of it.
 * Errors as in `readNixosSystem` and `bootFilesOf`.
 */
export function readBootableSystem(path: string): BootableSystem {
  const system = readNixosSystem(path);
  const settings = readLoaderSettings(system.toplevel);
  return {
    toplevel: system.toplevel,
    platform: system.platform,
    bootFiles: bootFilesOf(system, settings ?? DEFAULT_LOADER_SETTINGS),
    hasExtlinux: settings !== undefined,
    specialisations: system.specialisations,
  };
}
