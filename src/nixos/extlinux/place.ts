import { posix } from 'node:path';
import type { UserError } from '../../errors/user-error.ts';
import { userError } from '../../errors/user-error.ts';
import { quote } from '../../text/escape.ts';
import { parseDevice } from '../mounts/device.ts';
import { type Mount, mountOf } from '../mounts/fstab.ts';

/** A directory of one of the partitions of an image. */
export interface BootPlace {
  readonly partition: 'root' | 'firmware';
  /** Relative to the top of the partition; empty for the top itself. */
  readonly path: string;
}

/** What the FAT partition of an image is called. */
export interface FatIdentity {
  readonly label: string;
  /** 32 bits; an MBR has the same number. */
  readonly volumeId: number;
}

/**
 * Finds where a directory of the device is on an image: the installer of the system writes boot files there, and the boot
 * loader must find them. The system's mounts decide; without one, `/boot/firmware` is the FAT partition, as in the sd-image
 * module of nixpkgs. U-Boot looks for its configuration in `/` and `/boot` of a partition only.
 *
 * Throws a `UserError` that names a directory which is on no partition of the image.
 */
export function placeOnImage(directory: string, mounts: readonly Mount[], fat: FatIdentity): BootPlace {
  const path = posix.normalize(`${directory}/`).slice(0, -1);
  const mount = mountOf(mounts, path);
  if (mount !== undefined && mount.directory !== '/') {
    if (!isFat(mount, fat)) {
      throw notOnImage(directory, mount, fat);
    }
    return { partition: 'firmware', path: path.slice(mount.directory.length + 1) };
  }
  if (path === '' || path === '/boot') {
    return { partition: 'root', path: path.slice(1) };
  }
  if (path === FIRMWARE_DIRECTORY) {
    return { partition: 'firmware', path: '' };
  }
  throw notOnImage(directory, undefined, fat);
}

const FIRMWARE_DIRECTORY = '/boot/firmware';

/** Whether a line of an fstab may mean the FAT partition of an image. */
export function isFat(mount: Mount, { label, volumeId }: FatIdentity): boolean {
  const device = parseDevice(mount.device);
  const id = volumeId.toString(16).padStart(8, '0');
  switch (device.kind) {
    case 'label':
      return device.value === label;
    case 'uuid':
      return device.value === `${id.slice(0, 4)}-${id.slice(4)}`;
    case 'partition-uuid':
      return /^[0-9a-f]{8}-[0-9a-f]{2}$/.test(device.value) ? device.value.startsWith(id) : isFatType(mount);
    default:
      return isFatType(mount);
  }
}

function isFatType({ type }: Mount): boolean {
  return type === 'vfat' || type === 'msdos';
}

function notOnImage(directory: string, mount: Mount | undefined, { label }: FatIdentity): UserError {
  const where =
    mount === undefined
      ? 'which is on no partition of the image that U-Boot looks at'
      : `where its fstab mounts ${quote(mount.device)}, which is no partition of the image: the label of the FAT partition is ${quote(label)}`;
  return userError({
    title: 'The boot files have no place in the image',
    message: `The installer of the system writes its boot files to ${quote(directory)}, ${where}.`,
    remedy:
      mount === undefined
        ? 'Set boot-partition to root or firmware, or correct boot.loader.generic-extlinux-compatible.mirroredBoots.'
        : 'Set firmware-label or disk-id to what the system mounts, or boot-partition to root or firmware.',
  });
}
