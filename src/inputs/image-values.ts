import { isDeviceTag } from '../companions/imager-devices.ts';
import { MAX_DISK_SIZE, SECTOR_SIZE } from '../disk/mbr.ts';
import { type PartitionTable, parsePartitionType } from '../disk/partition-types.ts';
import { LABEL_BYTES } from '../ext4/format/constants.ts';
import { isFatLabel } from '../fat/label.ts';
import { parseSize } from '../text/size.ts';
import type { ValueKind } from './values.ts';

/** Label of an ext4 filesystem. */
export const volumeLabel: ValueKind<string> = {
  accepted: `a label of at most ${LABEL_BYTES} bytes of UTF-8 without control characters, such as NIXOS_SD`,
  parse: (text) => (Buffer.byteLength(text) <= LABEL_BYTES && !hasControlCharacters(text) ? text : undefined),
};

/** UUID of a filesystem. The nil UUID stands for "none" (RFC 9562, section 5.9). */
export const uuid: ValueKind<Uint8Array | 'from-closure'> = {
  accepted: 'a UUID other than nil, such as 44444444-4444-4444-8888-888888888888, or to from-closure',
  parse(text) {
    if (text === 'from-closure') {
      return text;
    }
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) {
      return undefined;
    }
    const bytes = Uint8Array.from(Buffer.from(text.replaceAll('-', ''), 'hex'));
    return bytes.some((byte) => byte !== 0) ? bytes : undefined;
  },
};

/** Volume label of the FAT filesystem. Lower case is refused: not every system shows it as it is. */
export const firmwareLabel: ValueKind<string> = {
  accepted: "a label of at most 11 characters of A-Z, 0-9, space and $%'-_@~`!(){}^#&, such as FIRMWARE",
  parse: (text) => (isFatLabel(text) && text === text.toUpperCase() ? text : undefined),
};

/** Bytes of the longest suffix, for a file beside the image. */
const SUFFIX_BYTES = '.rpi-imager-manifest'.length;
const NAME_MAX = 255;

/** Name of the image file and of the artifact: the artifact service refuses what NTFS cannot store. */
export const imageName: ValueKind<string> = {
  accepted: `a plain file name of at most ${NAME_MAX - SUFFIX_BYTES} bytes without any of " : < > | * ? / \\ and control characters, such as nixos.img`,
  parse(text) {
    const isPlain = text !== '' && text !== '.' && text !== '..' && !/[":<>|*?/\\]/.test(text);
    return isPlain && !hasControlCharacters(text) && Buffer.byteLength(text) <= NAME_MAX - SUFFIX_BYTES
      ? text
      : undefined;
  },
};

/** A device of Raspberry Pi Imager. */
export const deviceTag: ValueKind<string> = {
  accepted: 'device tags of Raspberry Pi Imager, such as pi4-64bit pi5-64bit',
  parse: (text) => (isDeviceTag(text) ? text : undefined),
};

/** A file that is written to a place of the disk. */
export interface Bootloader {
  readonly path: string;
  /** Bytes from the start of the disk, a multiple of 512. */
  readonly offset: number;
  /** Type of the partition that begins there, as `parsePartitionType` returns it; `undefined` for none. */
  readonly partitionType: string | undefined;
}

/**
 * `path@offset`, or `path@offset:type` for a partition; a path can contain an `@`. A file at offset 0 is boot code, around
 * the partition table.
 */
export function bootloader(table: PartitionTable): ValueKind<Bootloader> {
  const type = table === 'gpt' ? 'GUID of a partition type' : 'hexadecimal byte of a partition type';
  return {
    accepted: `lines of the form path@offset, the offset a multiple of ${SECTOR_SIZE} bytes, such as u-boot.bin@8KiB, or path@offset:type with the ${type}`,
    parse(text) {
      const at = text.lastIndexOf('@');
      const path = text.slice(0, Math.max(at, 0)).trim();
      const [place, ...types] = text.slice(at + 1).split(':');
      const offset = parseSize(place.trim());
      const partitionType = types.length === 0 ? undefined : parsePartitionType(table, types.join(':').trim());
      const isPlace = offset !== undefined && offset % SECTOR_SIZE === 0 && offset < MAX_DISK_SIZE;
      if (path === '' || !isPlace) {
        return undefined;
      }
      const isType = types.length === 0 || (partitionType !== undefined && offset > 0);
      return isType ? { path, offset, partitionType } : undefined;
    },
  };
}

/** C0 controls, delete, and C1 controls. */
function hasControlCharacters(text: string): boolean {
  return /\p{Cc}/u.test(text);
}
