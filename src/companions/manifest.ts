/**
 * The manifest of an image: its contents and layout as JSON. docs/manifest.md describes the format, and
 * docs/manifest.schema.json is its schema.
 */

import { basename } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import type { CardLayout, CardPartition } from '../disk/card-layout.ts';
import { diskGuid, partitionGuid } from '../disk/table.ts';
import type { FinishedImage } from '../image/finished-file.ts';
import { writeSmallFile } from '../image/write-error.ts';
import { formatSri } from '../nix/hash.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { compareStorePaths } from '../nix/store-path.ts';
import { formatHex } from '../text/format.ts';

/** The contents of a manifest. Sizes and offsets are in bytes. */
export interface ManifestFacts {
  readonly image: FinishedImage & {
    readonly format: 'ext4' | 'sd-card';
    readonly compression: 'zstd' | 'gzip' | 'xz' | 'none';
  };
  readonly filesystem: { readonly uuid: string; readonly label: string; readonly freeBytes: number };
  /** The layout around the filesystem; `undefined` for a bare filesystem. */
  readonly card: { readonly layout: CardLayout; readonly firmwareLabel: string } | undefined;
  readonly storePaths: readonly StorePathInfo[];
  /** Versions of the programs that wrote and verified the image, by name. */
  readonly tools: Readonly<Record<string, string>>;
}

/** Version of the format; changes that are not compatible increase it. */
export const MANIFEST_VERSION = 1;

/** Version of this action. */
export const VERSION: string = packageJson.version;

/** Encodes a manifest. The result does not depend on the time or the order of the store paths. */
export function encodeManifest({ image, filesystem, card, storePaths, tools }: ManifestFacts): string {
  const manifest = {
    manifestVersion: MANIFEST_VERSION,
    image: describeImage(image),
    layout: layoutOf(filesystem, card, image.uncompressedSize),
    storePaths: storePaths.toSorted((a, b) => compareStorePaths(a.path, b.path)).map(describeStorePath),
    tools: Object.fromEntries(Object.entries(tools).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Writes the manifest of an image to `path`. Errors as in `writeError`. */
export function writeManifest(path: string, facts: ManifestFacts): void {
  writeSmallFile(path, encodeManifest(facts));
}

function describeImage(image: ManifestFacts['image']): object {
  const { path, size, sha256, uncompressedSize, uncompressedSha256, format, compression } = image;
  return { fileName: basename(path), size, sha256, uncompressedSize, uncompressedSha256, format, compression };
}

/** The fields of `nix path-info --json`: the hash in SRI form, and whole store paths. */
function describeStorePath({ path, hash, size, references }: StorePathInfo): object {
  return {
    path,
    narHash: formatSri(hash),
    narSize: size,
    references: references.toSorted(compareStorePaths),
  };
}

function layoutOf(filesystem: ManifestFacts['filesystem'], card: ManifestFacts['card'], imageSize: number): object {
  const ext4 = { type: 'ext4', ...filesystem };
  if (card === undefined) {
    return { partitionTable: null, parts: [{ ...ext4, ...NO_PARTITION, offset: 0, size: imageSize }] };
  }
  const { layout, firmwareLabel } = card;
  const { table } = layout;
  const contents = { root: ext4, firmware: { type: 'fat', label: firmwareLabel }, raw: { type: 'raw' } };
  const partitions = layout.partitions.map((partition) => ({
    ...contents[partition.kind === 'esp' ? 'firmware' : partition.kind],
    ...describePartition(partition, layout),
  }));
  const blobs = layout.blobs.map(({ path, offset, size }) => ({ type: 'blob', name: basename(path), offset, size }));
  return {
    partitionTable:
      table.kind === 'mbr'
        ? { type: 'mbr', diskId: formatHex(table.diskId, 8) }
        : { type: 'gpt', diskGuid: diskGuid(table.uuid) },
    parts: [...partitions, ...blobs].sort((a, b) => a.offset - b.offset),
  };
}

/** The keys of a partition for a bare filesystem. */
const NO_PARTITION = {
  partition: null,
  partitionType: null,
  partitionGuid: null,
  partitionName: null,
  bootable: false,
};

/** With the values of `sfdisk --json`. */
function describePartition({ number, type, name, bootable, offset, length }: CardPartition, { table }: CardLayout) {
  return {
    partition: number,
    partitionType: type,
    partitionGuid: table.kind === 'gpt' ? partitionGuid(table.uuid, number) : null,
    partitionName: table.kind === 'gpt' ? name : null,
    bootable,
    offset,
    size: length,
  };
}
