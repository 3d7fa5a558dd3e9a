/**
 * The manifest of an image: what is in it and where, as JSON. docs/manifest.md describes it for readers, and
 * docs/manifest.schema.json for programs.
 */

import { basename } from 'node:path';
import { type CardLayout, cardTable } from '../disk/card-layout.ts';
import { SECTOR_SIZE } from '../disk/mbr.ts';
import { writeSmallFile } from '../image/write-error.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { compareStorePaths } from '../nix/store-path.ts';

/** What a manifest tells. Sizes and offsets are in bytes, hashes of files in hexadecimal. */
export interface ManifestFacts {
  readonly image: {
    readonly fileName: string;
    readonly format: 'ext4' | 'sd-card';
    readonly compression: 'zstd' | 'gzip' | 'xz' | 'none';
    readonly size: number;
    readonly sha256: string;
    readonly uncompressedSize: number;
    readonly uncompressedSha256: string;
  };
  readonly filesystem: { readonly uuid: string; readonly label: string; readonly freeBytes: number };
  /** What stands around the filesystem; `undefined` for the bare filesystem. */
  readonly card: { readonly layout: CardLayout; readonly firmwareLabel: string } | undefined;
  readonly storePaths: readonly StorePathInfo[];
  /** Versions of what made and verified the image, by names. */
  readonly tools: Readonly<Record<string, string>>;
}

/** The number that changes when programs that read manifests must change. */
export const MANIFEST_VERSION = 1;

/** Writes a manifest. It depends on the facts alone, not on the time or the order in which the store paths are given. */
export function encodeManifest({ image, filesystem, card, storePaths, tools }: ManifestFacts): string {
  const manifest = {
    manifestVersion: MANIFEST_VERSION,
    image,
    layout: layoutOf(filesystem, card, image.uncompressedSize),
    storePaths: storePaths.toSorted((a, b) => compareStorePaths(a.path, b.path)).map(describeStorePath),
    tools: Object.fromEntries(Object.entries(tools).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Writes the manifest of an image to a file. */
export function writeManifest(path: string, facts: ManifestFacts): void {
  writeSmallFile(path, encodeManifest(facts));
}

/** As `nix path-info --json` has it: the hash in SRI form, whole store paths. */
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
    partitionTable: { type: 'mbr', diskId: `0x${layout.diskId.toString(16).padStart(8, '0')}` },
    parts: [...blobs, ...partitions].sort((a, b) => a.offset - b.offset),
  };
}
