/** Settings of the extlinux boot loader in a NixOS configuration. */
export interface LoaderSettings {
  /** `boot.loader.timeout`, seconds: a negative one waits for ever, 0 shows no menu. */
  readonly timeout: number;
  /** `hardware.deviceTree.name`: the device tree to load, relative to the directory of device trees. */
  readonly deviceTree: string | undefined;
  /** `boot.loader.generic-extlinux-compatible.useGenerationDeviceTree` */
  readonly usesDeviceTrees: boolean;
}

/** The defaults of NixOS. */
export const DEFAULT_LOADER_SETTINGS: LoaderSettings = { timeout: 5, deviceTree: undefined, usesDeviceTrees: true };

/** Where NixOS writes boot files by default. */
export const DEFAULT_BOOT_DIRECTORY = '/boot';
