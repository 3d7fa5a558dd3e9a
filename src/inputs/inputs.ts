import { MAX_DISK_SIZE, SECTOR_SIZE } from '../disk/mbr.ts';
import { PARTITION_TABLES, type PartitionTable } from '../disk/partition-types.ts';
import { MOST_PARTITIONS } from '../disk/partitions.ts';
import { inputError, type UserError } from '../errors/user-error.ts';
import { FAT_FILESYSTEMS, type FatFilesystem } from '../fat/volume-layout.ts';
import { CODECS, COMPRESSIONS, type Compression } from '../image/frames/codecs.ts';
import { BOOT_LOADERS, BOOT_PARTITIONS, type BootOptions } from '../nixos/boot-options.ts';
import { quoteValue } from '../text/escape.ts';
import { ROOT_FILES_MODES, type RootFilesMode } from '../tree/root-files/scan.ts';
import { bootTimeout, deviceTree, refuseBootInputs } from './boot-values.ts';
import { type Bootloader, bootloader, deviceTag, firmwareLabel, imageName, uuid, volumeLabel } from './image-values.ts';
import { INPUT_DEFAULTS, type InputName, SD_CARD_INPUTS } from './names.ts';
import type { RootParts } from './parts.ts';
import { createReader, type InputReader } from './reader.ts';
import { releasedName, releaseTag } from './release-values.ts';
import {
  anyText,
  identifier,
  oneOf,
  size,
  splitLines,
  splitWords,
  type ValueKind,
  wholeNumber,
  yesOrNo,
} from './values.ts';

export type Format = 'ext4' | 'sd-card';

/** All inputs of the action, checked as far as possible without access to files. Sizes and offsets are in bytes. */
export interface Inputs {
  /** Store paths, or files and links that resolve into the store. Empty only if `system` is given. */
  readonly storePaths: readonly string[];
  readonly system: string | undefined;
  readonly bootLoader: BootOptions['bootLoader'];
  readonly bootPartition: BootOptions['bootPartition'];
  /** Relative to the directory of device trees; `undefined` for that of the system. */
  readonly deviceTree: string | undefined;
  /** Seconds, -1 to wait for ever; `undefined` for that of the system. */
  readonly bootTimeout: number | undefined;
  readonly volumeLabel: string;
  /** 16 bytes in written order, or a UUID that is derived from the closure. */
  readonly uuid: Uint8Array | 'from-closure';
  /** Files for the root from the input `parts`. */
  readonly rootParts: RootParts | undefined;
  readonly rootFiles: readonly string[];
  readonly rootFilesMode: RootFilesMode;
  readonly storeGid: number;
  readonly freeSpace: number;
  readonly deduplicate: boolean;
  /** Whether the image has the database of Nix, and the system its profile. */
  readonly nixDatabase: boolean;
  readonly format: Format;
  readonly partitionTable: PartitionTable;
  /** `undefined` for the number after those of the partitions before it. */
  readonly rootPartition: number | undefined;
  readonly firmwareFiles: string | undefined;
  readonly firmwareSize: number;
  readonly firmwareFilesystem: FatFilesystem;
  readonly firmwareLabel: string;
  readonly firmwareOffset: number;
  readonly diskId: number;
  readonly bootloader: readonly Bootloader[];
  /** Tags of Raspberry Pi Imager; empty for those of the firmware. */
  readonly imagerDevices: readonly string[];
  /** File name without the suffix of the compression. */
  readonly imageName: string;
  /** `undefined` for a new directory. */
  readonly outputDirectory: string | undefined;
  readonly compression: Compression;
  /** `undefined` for the default of the compression. */
  readonly compressionLevel: number | undefined;
  readonly upload: boolean;
  readonly retentionDays: number | undefined;
  readonly overwrite: boolean;
  /** Path of the manifest or registration of an earlier image. */
  readonly baseline: string | undefined;
  /** `undefined` if nothing is attached to a release. */
  readonly release: ReleaseInputs | undefined;
  /** The inputs whose values are from the input `parts`, with these values. */
  readonly fromParts: readonly (readonly [InputName, string])[];
}

export interface ReleaseInputs {
  readonly tag: string;
  readonly token: string;
}

/** Reads all inputs. Throws a `UserError` for the first invalid value, and for inputs that contradict each other. */
export function readInputs(): Inputs {
  const reader = createReader();
  const { parts, textOf, read, readOptional, check } = reader;
  const format = read('format', oneOf(['ext4', 'sd-card']));
  if (format === 'ext4') {
    refuseSdCardInputs(textOf);
  }
  const partitionTable = read('partition-table', oneOf(PARTITION_TABLES));
  const compression = read('compression', oneOf(COMPRESSIONS));
  const inputs: Inputs = {
    storePaths: splitWords(textOf('store-paths')),
    system: readOptional('system', anyText),
    bootLoader: read('boot-loader', oneOf(BOOT_LOADERS)),
    bootPartition: read('boot-partition', oneOf(BOOT_PARTITIONS)),
    deviceTree: readOptional('device-tree', deviceTree),
    bootTimeout: readOptional('boot-timeout', bootTimeout),
    volumeLabel: read('volume-label', volumeLabel),
    uuid: read('uuid', uuid),
    rootParts: parts?.root,
    rootFiles: splitLines(textOf('root-files')),
    rootFilesMode: read('root-files-mode', oneOf(ROOT_FILES_MODES)),
    storeGid: read('store-gid', wholeNumber(0, LARGEST_ID)),
    freeSpace: read('free-space', size(0, SIZE_LIMIT)),
    deduplicate: read('deduplicate', yesOrNo),
    nixDatabase: read('nix-database', yesOrNo),
    format,
    partitionTable,
    rootPartition: readOptional('root-partition', partitionNumber(partitionTable)),
    firmwareFiles: readOptional('firmware-files', anyText),
    firmwareSize: read('firmware-size', size(SECTOR_SIZE, SIZE_LIMIT, SECTOR_SIZE)),
    firmwareFilesystem: read('firmware-filesystem', oneOf(FAT_FILESYSTEMS)),
    firmwareLabel: read('firmware-label', firmwareLabel),
    firmwareOffset: read('firmware-offset', size(SECTOR_SIZE, SIZE_LIMIT, SECTOR_SIZE)),
    diskId: read('disk-id', identifier),
    bootloader: splitLines(textOf('bootloader')).map((line) => check('bootloader', line, bootloader(partitionTable))),
    imagerDevices: readImagerDevices(reader),
    imageName: read('image-name', imageName),
    outputDirectory: readOptional('output-directory', anyText),
    compression,
    compressionLevel: readLevel(compression, reader),
    upload: read('upload', yesOrNo),
    retentionDays: readOptional('retention-days', wholeNumber(1, LONGEST_RETENTION)),
    overwrite: read('overwrite', yesOrNo),
    baseline: readOptional('baseline', anyText),
    release: readRelease(reader),
    fromParts: reader.fromParts(),
  };
  if (inputs.release !== undefined) {
    checkReleasedName(inputs.imageName);
  }
  refuseBootInputs(inputs);
  if (inputs.storePaths.length === 0 && inputs.system === undefined) {
    throw nothingToPutIn();
  }
  return inputs;
}

/** The number of a partition in a table. */
function partitionNumber(table: PartitionTable): ValueKind<number> {
  const kind = wholeNumber(1, MOST_PARTITIONS[table]);
  return { ...kind, accepted: `${kind.accepted} for partition-table: ${table}` };
}

/** 2^32 - 1 means "no change" to `chown`(2), and cannot be an owner. */
const LARGEST_ID = 2 ** 32 - 2;
/** No size can be as large as the smallest disk that an MBR cannot describe. */
const SIZE_LIMIT = MAX_DISK_SIZE + SECTOR_SIZE;
/** The longest retention, in days, that an organisation can set on GitHub. */
const LONGEST_RETENTION = 400;

function readLevel(compression: Compression, { textOf, readOptional }: InputReader): number | undefined {
  if (compression !== 'none') {
    const { least, most } = CODECS[compression].levels;
    const kind = wholeNumber(least, most);
    return readOptional('compression-level', { ...kind, accepted: `${kind.accepted} for ${compression}` });
  }
  const value = textOf('compression-level');
  if (value === '') {
    return undefined;
  }
  throw inputError({
    input: 'compression-level',
    message: 'The input compression-level has no effect with compression: none.',
    remedy: 'Remove compression-level, or set compression to zstd.',
  });
}

/** Words without repetition. */
function readImagerDevices({ textOf, check }: InputReader): readonly string[] {
  const tags = splitWords(textOf('imager-devices')).map((word) => check('imager-devices', word, deviceTag));
  return [...new Set(tags)];
}

function readRelease({ textOf, readOptional }: InputReader): ReleaseInputs | undefined {
  const tag = readOptional('release-tag', releaseTag);
  if (tag === undefined) {
    return undefined;
  }
  const token = textOf('github-token');
  if (/^[\x21-\x7e]+$/.test(token)) {
    return { tag, token };
  }
  // The value is not shown: it may be a secret.
  const message = token === '' ? 'The input release-tag needs github-token.' : 'The input github-token is not a token.';
  throw inputError({
    input: 'github-token',
    message,
    remedy: `Set github-token to \${{ github.token }}, and give the job the permission 'contents: write'.`,
  });
}

function checkReleasedName(name: string): void {
  if (releasedName.parse(name) !== undefined) {
    return;
  }
  throw inputError({
    input: 'image-name',
    message: `GitHub renames release assets such as ${quoteValue(name)}, and SHA256SUMS would not match.`,
    remedy: `Set image-name to ${releasedName.accepted}.`,
  });
}

/** A value other than the default was set on purpose, and would have no effect. */
function refuseSdCardInputs(textOf: InputReader['textOf']): void {
  const given = SD_CARD_INPUTS.find((name) => textOf(name) !== INPUT_DEFAULTS[name]);
  if (given === undefined) {
    return;
  }
  throw inputError({
    input: given,
    message: `The input ${given} is for an SD card, but format is ext4: a bare filesystem has no place for it.`,
    remedy: `Set format to sd-card, or remove ${given}.`,
  });
}

function nothingToPutIn(): UserError {
  return inputError({
    input: 'store-paths',
    message: 'Neither store-paths nor system is given, so there is nothing to put into the image.',
    remedy: 'Set store-paths to the result of nix build, such as ./result, or system to a NixOS system.',
  });
}
