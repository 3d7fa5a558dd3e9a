/**
 * The devices that Raspberry Pi Imager lets its user choose from. It matches them with images by tags, such as `pi4-64bit`
 * (raspberrypi/rpi-imager, src/hwlistmodel.cpp; tags as in downloads.raspberrypi.com/os_list_imagingutility_v4.json).
 */
import { type FatTree, fatPathOf } from '../fat/tree.ts';

/** A device in a list for Raspberry Pi Imager. */
export interface ImagerDevice {
  readonly name: string;
  readonly description: string;
}

/** Whether a text has the form of a device tag. */
export function isDeviceTag(text: string): boolean {
  return TAG.test(text);
}

const TAG = /^pi(\d{1,2})-(32|64)bit$/;

/** How a list names the device of a tag, such as "Raspberry Pi 4". */
export function imagerDevice(tag: string): ImagerDevice {
  const [, number = ''] = TAG.exec(tag) ?? [];
  return { name: `Raspberry Pi ${number}`, description: MODELS[number] ?? `Models of the Raspberry Pi ${number}` };
}

const MODELS: Readonly<Record<string, string>> = {
  5: 'Raspberry Pi 5, 500, 500+ and Compute Module 5',
  4: 'Raspberry Pi 4 Model B, 400 and Compute Modules 4 and 4S',
  3: 'Raspberry Pi 3 Models A+, B and B+, Compute Modules 3 and 3+, and Zero 2 W',
  2: 'Raspberry Pi 2 Model B',
};

/**
 * The tags of the devices whose device trees the firmware finds on the FAT partition, newest first: in the root, or in the
 * directory `prefix` of its `os_prefix`. Other directories may have the device trees of every board that a kernel supports.
 * `platform` is that of the system, such as aarch64-linux; without one it is taken as that.
 */
export function devicesOfFirmware(
  tree: FatTree,
  prefix: string | undefined,
  platform: string | undefined,
): readonly string[] {
  const bits = BITS.get(platform ?? 'aarch64-linux');
  if (bits === undefined) {
    return [];
  }
  const names = tree.entries.flatMap(({ kind }, entry) => {
    const path = kind === 'file' ? fatPathOf(tree, entry).toString() : '';
    const inPrefix = prefix !== undefined && path.startsWith(`${prefix}/`);
    return inPrefix ? [path.slice(prefix.length + 1)] : [path];
  });
  const found = CHIPS.filter(({ chip }) => names.some((name) => new RegExp(`^${chip}[^/]*\\.dtb$`, 'i').test(name)));
  return found.map(({ device }) => `${device}-${bits}bit`);
}

/** The chips in the names of the firmware's device trees (raspberrypi/firmware, boot/). */
const CHIPS = [
  { chip: 'bcm2712', device: 'pi5' },
  { chip: 'bcm2711', device: 'pi4' },
  { chip: 'bcm2710', device: 'pi3' },
] as const;

const BITS: ReadonlyMap<string, 32 | 64> = new Map([
  ['aarch64-linux', 64],
  ['armv7l-linux', 32],
  ['armv6l-linux', 32],
]);

/** The architecture that Imager sorts by; `undefined` for devices of both. */
export function imagerArchitecture(tags: readonly string[]): 'armv8' | 'armhf' | undefined {
  if (tags.every((tag) => tag.endsWith('-64bit'))) {
    return 'armv8';
  }
  return tags.every((tag) => tag.endsWith('-32bit')) ? 'armhf' : undefined;
}
