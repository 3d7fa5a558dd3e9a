import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type LoaderSettings, readLoaderSettings } from './loader-settings.ts';

/** The boot loader of a NixOS configuration, as its installer shows it. */
export type BootLoader =
  | { readonly kind: 'extlinux'; readonly settings: LoaderSettings }
  /** `builder` is the path of the program that writes the ESP, for what depends on its version. */
  | { readonly kind: 'systemd-boot'; readonly builder: string | undefined }
  | { readonly kind: 'raspberry-pi' }
  | { readonly kind: 'grub' }
  /** The system has no installer: `system.switch.enable` is false, or no boot loader is enabled. */
  | { readonly kind: 'none' }
  | { readonly kind: 'unknown' };

/** Reads which boot loader a system has from its installer, without running it. */
export function readBootLoader(toplevel: string): BootLoader {
  const settings = readLoaderSettings(toplevel);
  if (settings !== undefined) {
    return { kind: 'extlinux', settings };
  }
  return existsSync(join(toplevel, 'bin/switch-to-configuration')) ? { kind: 'unknown' } : { kind: 'none' };
}
