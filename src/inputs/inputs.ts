import { getInput } from '@actions/core';
import { CODECS, COMPRESSIONS, type Compression } from '../image/frames/codecs.ts';
import { quoteValue } from '../text/escape.ts';
import { type Bootloader, bootloader, firmwareLabel, imageName, MBR_BYTES, uuid, volumeLabel } from './image-values.ts';
import { type InputError, inputError, wrongValue } from './input-error.ts';
import { INPUT_DEFAULTS, type InputName, SD_CARD_INPUTS } from './names.ts';
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

/** All inputs of the action, checked as far as they can be without looking at files. Sizes and offsets are in bytes. */
export interface Inputs {
  /** Store paths, or files and links that resolve into the store. Empty only if `system` is given. */
  readonly storePaths: readonly string[];
  readonly system: string | undefined;
  readonly volumeLabel: string;
  /** 16 bytes in the order they are written in, or a UUID that is derived from the closure. */
  readonly uuid: Uint8Array | 'from-closure';
  readonly rootFiles: readonly string[];
  readonly storeGid: number;
  readonly freeSpace: number;
  readonly deduplicate: boolean;
  readonly format: Format;
  readonly firmwareFiles: string | undefined;
  readonly firmwareSize: number;
  readonly firmwareLabel: string;
  readonly firmwareOffset: number;
  readonly diskId: number;
  readonly bootloader: readonly Bootloader[];
  /** File name without the suffix of the compression. */
  readonly imageName: string;
  /** A directory, or `undefined` for a new one. */
  readonly outputDirectory: string | undefined;
  readonly compression: Compression;
  /** `undefined` for the tool's own. */
  readonly compressionLevel: number | undefined;
  readonly upload: boolean;
  readonly retentionDays: number | undefined;
  readonly overwrite: boolean;
  /** Manifest or registration of an earlier image. */
  readonly baseline: string | undefined;
  /** The release that the files are attached to; `undefined` for none. */
  readonly release: ReleaseInputs | undefined;
}

export interface ReleaseInputs {
  readonly tag: string;
  readonly token: string;
}

/** Reads all inputs; throws an `InputError` for the first that has a wrong value, and for those that do not go together. */
export function readInputs(): Inputs {
  const format = read('format', oneOf(['ext4', 'sd-card']));
  if (format === 'ext4') {
    refuseSdCardInputs();
  }
  const compression = read('compression', oneOf(COMPRESSIONS));
  const inputs: Inputs = {
    storePaths: splitWords(textOf('store-paths')),
    system: readOptional('system', anyText),
    volumeLabel: read('volume-label', volumeLabel),
    uuid: read('uuid', uuid),
    rootFiles: splitLines(textOf('root-files')),
    storeGid: read('store-gid', wholeNumber(0, LARGEST_ID)),
    freeSpace: read('free-space', size(0, MBR_BYTES)),
    deduplicate: read('deduplicate', yesOrNo),
    format,
    firmwareFiles: readOptional('firmware-files', anyText),
    firmwareSize: read('firmware-size', size(SECTOR_BYTES, MBR_BYTES, SECTOR_BYTES)),
    firmwareLabel: read('firmware-label', firmwareLabel),
    firmwareOffset: read('firmware-offset', size(SECTOR_BYTES, MBR_BYTES, SECTOR_BYTES)),
    diskId: read('disk-id', identifier),
    bootloader: splitLines(textOf('bootloader')).map((line) => check('bootloader', line, bootloader)),
    imageName: read('image-name', imageName),
    outputDirectory: readOptional('output-directory', anyText),
    compression,
    compressionLevel: readLevel(compression),
    upload: read('upload', yesOrNo),
    retentionDays: readOptional('retention-days', wholeNumber(1, LONGEST_RETENTION)),
    overwrite: read('overwrite', yesOrNo),
    baseline: readOptional('baseline', anyText),
    release: readRelease(),
  };
  if (inputs.release !== undefined) {
    checkReleasedName(inputs.imageName);
  }
  if (inputs.storePaths.length === 0 && inputs.system === undefined) {
    throw nothingToPutIn();
  }
  return inputs;
}

/** 2^32 - 1 means "no change" to the kernel's `chown`, and cannot be an owner. */
const LARGEST_ID = 2 ** 32 - 2;
const SECTOR_BYTES = 512;
/** The most days that GitHub lets an organisation set. */
const LONGEST_RETENTION = 400;

function readLevel(compression: Compression): number | undefined {
  if (compression !== 'none') {
    const { least, most } = CODECS[compression].levels;
    const kind = wholeNumber(least, most);
    return readOptional('compression-level', { ...kind, accepted: `${kind.accepted} for ${compression}` });
  }
  const value = textOf('compression-level');
  if (value === '') {
    return undefined;
  }
  throw inputError(
    'compression-level',
    'The input compression-level has no meaning with compression: none.',
    'Leave compression-level out, or set compression to zstd.',
  );
}

function readRelease(): ReleaseInputs | undefined {
  const tag = readOptional('release-tag', releaseTag);
  if (tag === undefined) {
    return undefined;
  }
  const token = textOf('github-token');
  if (/^[\x21-\x7e]+$/.test(token)) {
    return { tag, token };
  }
  // Whatever it is, it may be a secret.
  const message = token === '' ? 'The input release-tag needs github-token.' : 'The input github-token is not a token.';
  throw inputError(
    'github-token',
    message,
    `Set github-token to \${{ github.token }}, and give the job the permission 'contents: write'.`,
  );
}

function checkReleasedName(name: string): void {
  if (releasedName.parse(name) !== undefined) {
    return;
  }
  throw inputError(
    'image-name',
    `GitHub would not keep the name ${quoteValue(name)} in a release, and checksums would not fit.`,
    `Set image-name to ${releasedName.accepted}.`,
  );
}

/** A value that differs from its default was set on purpose, and would be without effect. */
function refuseSdCardInputs(): void {
  const given = SD_CARD_INPUTS.find((name) => textOf(name) !== INPUT_DEFAULTS[name]);
  if (given === undefined) {
    return;
  }
  throw inputError(
    given,
    `The input ${given} is for an SD card, but format is ext4: a bare filesystem has no place for it.`,
    `Set format to sd-card, or leave ${given} out.`,
  );
}

function nothingToPutIn(): InputError {
  return inputError(
    'store-paths',
    'Neither store-paths nor system is given: there is nothing to put into the image.',
    'Set store-paths to what nix build left, such as ./result, or system to a NixOS system.',
  );
}

function read<T>(name: InputName, kind: ValueKind<T>): T {
  return check(name, textOf(name), kind);
}

function readOptional<T>(name: InputName, kind: ValueKind<T>): T | undefined {
  return textOf(name) === '' ? undefined : read(name, kind);
}

function check<T>(name: InputName, text: string, kind: ValueKind<T>): T {
  const value = kind.parse(text);
  if (value === undefined) {
    throw wrongValue(name, text, kind.accepted);
  }
  return value;
}

/** Workflows pass their own inputs on as they are: an empty value is the same as none. */
function textOf(name: InputName): string {
  return getInput(name) || INPUT_DEFAULTS[name];
}
