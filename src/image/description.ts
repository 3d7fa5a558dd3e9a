import type { ByteRange, ImageSource } from '../bytes/source.ts';
import { type CardLayout, createCardSource } from '../disk/card-layout.ts';
import { BLOCK_SIZE } from '../ext4/format/constants.ts';
import type { Ext4Plan } from '../ext4/plan/plan.ts';
import { createExt4Source, type Ext4Source } from '../ext4/source.ts';
import type { FatPlan } from '../fat/plan.ts';
import { createFatSource } from '../fat/source.ts';
import { createContentsReader } from '../tree/contents.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { openBlobs } from './card/blobs.ts';
import type { FirmwareFiles } from './card/firmware.ts';
import { openHostFiles } from './card/host-files.ts';

/** All that a thread must know to produce any range of an image: plain data over shared memory. */
export interface ImageDescription {
  readonly filesystem: Filesystem;
  /** What stands around the filesystem on a card; `undefined` for the bare filesystem. */
  readonly card: Card | undefined;
}

export interface Filesystem {
  readonly plan: Ext4Plan;
  readonly tree: ImageTree;
}

export interface Card {
  readonly layout: CardLayout;
  readonly firmware: Firmware | undefined;
}

/** The FAT partition. */
export interface Firmware extends FirmwareFiles {
  readonly plan: FatPlan;
}

/** An image opened for reading. */
export interface OpenImage extends ImageSource {
  readonly filesystem: Ext4Source;
  /** Closes what is open on this machine. */
  close(): void;
}

/** Opens an image from its description. */
export function openImage({ filesystem: { plan, tree }, card }: ImageDescription): OpenImage {
  const contents = createContentsReader(tree);
  const filesystem = createExt4Source(plan, tree, contents.read);
  if (card === undefined) {
    return { ...filesystem, filesystem, close: contents.close };
  }

  const { layout } = card;
  const blobs = openBlobs(layout.blobs);
  const firmwareFiles = openHostFiles(card.firmware?.files ?? []);
  const firmware = card.firmware && createFatSource(card.firmware.plan, firmwareFiles.read);
  return {
    ...createCardSource(layout, { firmware, filesystem, blobs: blobs.sources }),
    filesystem,
    close() {
      contents.close();
      blobs.close();
      firmwareFiles.close();
    },
  };
}

/** Where the ext4 filesystem is in an image. */
export function filesystemRange({ filesystem, card }: ImageDescription): ByteRange {
  return card?.layout.filesystem ?? { offset: 0, length: filesystem.plan.blocks * BLOCK_SIZE };
}

/** Bytes of an image. */
export function imageSize(image: ImageDescription): number {
  return image.card?.layout.size ?? filesystemRange(image).length;
}
