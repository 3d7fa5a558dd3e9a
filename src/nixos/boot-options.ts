import type { FatIdentity } from './extlinux/place.ts';

/** The boot loaders that an image can be made for; `auto` is that of the system. */
export const BOOT_LOADERS = ['auto', 'extlinux', 'systemd-boot', 'raspberry-pi', 'none'] as const;

/** Where extlinux files go; `auto` is where the system's own installer writes them. */
export const BOOT_PARTITIONS = ['auto', 'root', 'firmware'] as const;

/** How an image is to boot its system. */
export interface BootOptions {
  readonly bootLoader: (typeof BOOT_LOADERS)[number];
  readonly bootPartition: (typeof BOOT_PARTITIONS)[number];
  /** Device tree to load, relative to the directory of device trees; `undefined` for that of the system. */
  readonly deviceTree: string | undefined;
  /** Seconds as in `LoaderSettings`; `undefined` for that of the system. */
  readonly bootTimeout: number | undefined;
  /** Path of the directory whose contents go on the FAT partition. */
  readonly firmwareFiles: string | undefined;
  /** The FAT partition; `undefined` for an image that cannot have one. */
  readonly fat: FatIdentity | undefined;
}

/** A line of the log about how an image boots; a warning has a title. */
export interface BootNote {
  readonly title: string | undefined;
  readonly text: string;
}

/** Title of the warning that the device does not update what it boots. */
export const NOT_UPDATED = 'The boot menu will not be updated';
