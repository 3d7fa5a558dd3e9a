/**
 * The inputs of the action with their defaults, as in action.yml. The runner sets the defaults; other programs that
 * start the action need not. An empty value means that the input is not set.
 */
export const INPUT_DEFAULTS = {
  parts: '',
  'store-paths': '',
  'volume-label': 'NIXOS_SD',
  uuid: '44444444-4444-4444-8888-888888888888',
  'root-files': '',
  'root-files-mode': 'kept',
  'store-gid': '30000',
  'free-space': '16MiB',
  deduplicate: 'true',
  'nix-database': 'false',
  format: 'ext4',
  system: '',
  'boot-loader': 'auto',
  'boot-partition': 'auto',
  'device-tree': '',
  'boot-timeout': '',
  'partition-table': 'mbr',
  'root-partition': '',
  'firmware-files': '',
  'firmware-size': '30MiB',
  'firmware-filesystem': 'auto',
  'firmware-label': 'FIRMWARE',
  'firmware-offset': '8MiB',
  'disk-id': '0x2178694e',
  bootloader: '',
  'imager-devices': '',
  'image-name': 'nixos.img',
  'output-directory': '',
  compression: 'zstd',
  'compression-level': '',
  upload: 'true',
  'retention-days': '',
  overwrite: 'false',
  baseline: '',
  'release-tag': '',
  'github-token': '',
} as const;

export type InputName = keyof typeof INPUT_DEFAULTS;

/** Inputs that have a meaning for a whole disk only. */
export const SD_CARD_INPUTS = [
  'partition-table',
  'root-partition',
  'firmware-files',
  'firmware-size',
  'firmware-filesystem',
  'firmware-label',
  'firmware-offset',
  'disk-id',
  'bootloader',
  'imager-devices',
] as const satisfies readonly InputName[];
