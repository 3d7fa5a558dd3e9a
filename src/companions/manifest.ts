/**
 * The manifest of an image: its contents and layout as JSON. docs/manifest.md describes the format, and
 * docs/manifest.schema.json is its schema.
 */

import { basename } from 'node:path';
import packageJson from '../../package.json' with { type: 'json' };
import { type CardLayout, cardTable } from '../disk/card-layout.ts';
import { SECTOR_SIZE } from '../disk/mbr.ts';
import type { FinishedImage } from '../image/finished-file.ts';
import { writeSmallFile } from '../image/write-error.ts';
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
    narHash: `sha256-${Buffer.from(hash).toString('base64')}`,
    narSize: size,
    references: references.toSorted(compareStorePaths),
  };
}

function layoutOf(filesystem: ManifestFacts['filesystem'], card: ManifestFacts['card'], imageSize: number): object {
  const ext4 = { type: 'ext4', ...filesystem };
  if (card === undefined) {
    return { partitionTable: null, parts: [{ ...ext4, partition: null, bootable: false, offset: 0, size: imageSize }] };
  }
  const { layout, firmwareLabel } = card;
  const contents = layout.firmware === undefined ? [ext4] : [{ type: 'fat', label: firmwareLabel }, ext4];
  const partitions = cardTable(layout).partitions.map(({ bootable, start, length }, i) => {
    return { ...contents[i], partition: i + 1, bootable, offset: start * SECTOR_SIZE, size: length * SECTOR_SIZE };
  });
  const blobs = layout.blobs.map(({ path, offset, size }) => ({ type: 'blob', name: basename(path), offset, size }));
  return {
    partitionTable: { type: 'mbr', diskId: formatHex(layout.diskId, 8) },
    parts: [...blobs, ...partitions].sort((a, b) => a.offset - b.offset),
  };
}
