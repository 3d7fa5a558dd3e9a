import type { Directory } from '../tree/compose.ts';
import { bootFilesOf } from './boot-files.ts';
import { type BootLoader, readBootLoader } from './boot-loader.ts';
import { DEFAULT_LOADER_SETTINGS } from './loader-settings.ts';
import { readNixosSystem } from './nixos-system.ts';

/** A NixOS system with the files that its boot loader needs. */
export interface BootableSystem {
  /** Its store path. */
  readonly toplevel: string;
  /** What its own installer writes. */
  readonly loader: BootLoader;
  /** Overlays the root of an image. */
  readonly rootOverlay: Directory;
  /** Overlays the files of the FAT partition; `undefined` if the boot loader has none there. */
  readonly firmwareOverlay: Directory | undefined;
  /** The partition that the boot loader is to look at, which gets the boot flag. */
  readonly bootPartition: 'root' | 'firmware';
  /** Names of the specialisations, which are not on the boot menu; for the log. */
  readonly specialisations: readonly string[];
}

/**
 * Reads the system at a path, with the settings of its own boot loader if it has extlinux, without running any of it.
 * Errors as in `readNixosSystem` and `bootFilesOf`.
 */
export function readBootableSystem(path: string): BootableSystem {
  const system = readNixosSystem(path);
  const loader = readBootLoader(system.toplevel);
  return {
    toplevel: system.toplevel,
    loader,
    rootOverlay: bootFilesOf(system, loader.kind === 'extlinux' ? loader.settings : DEFAULT_LOADER_SETTINGS),
    firmwareOverlay: undefined,
    bootPartition: 'root',
    specialisations: system.specialisations,
  };
}
