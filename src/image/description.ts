import type { ByteRange, ImageSource } from '../bytes/source.ts';
import type { CardLayout } from '../disk/card-layout.ts';
import { createCardSource } from '../disk/card-source.ts';
import { BLOCK_SIZE } from '../ext4/format/constants.ts';
import type { Ext4Plan } from '../ext4/plan/plan.ts';
import { createExt4Source, type Ext4Source } from '../ext4/source.ts';
import type { FatPlan } from '../fat/plan.ts';
import { createFatSource } from '../fat/source.ts';
import { createContentsReader } from '../tree/contents.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { openBlobs } from './card/blobs.ts';
import type { FirmwareFiles } from './card/firmware-tree.ts';
import { openSourceFiles } from './card/source-files.ts';

/** Everything that a thread needs to produce any range of an image: plain data over shared memory. */
export interface ImageDescription {
  readonly filesystem: Filesystem;
  /** What surrounds the filesystem on a card; `undefined` for a bare filesystem. */
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

/** An image that is open for reading. */
export interface OpenImage extends ImageSource, Disposable {
  readonly filesystem: Ext4Source;
  /** Closes the files of this machine. Reading may go on. */
  close(): void;
}

/** Opens an image from its description. */
export function openImage({ filesystem: { plan, tree }, card }: ImageDescription): OpenImage {
  const contents = createContentsReader(tree);
  const filesystem = createExt4Source(plan, tree, contents.read);
  if (card === undefined) {
    return { ...filesystem, filesystem, close: contents.close, [Symbol.dispose]: contents.close };
  }

  const { layout } = card;
  const blobs = openBlobs(layout.blobs);
  const firmwareFiles = openSourceFiles(card.firmware?.files ?? []);
  const firmware = card.firmware && createFatSource(card.firmware.plan, firmwareFiles.read);
  const close = (): void => {
    contents.close();
    blobs.close();
    firmwareFiles.close();
  };
  const source = createCardSource(layout, { firmware, filesystem, blobs: blobs.sources });
  return { ...source, filesystem, close, [Symbol.dispose]: close };
}

/** Returns the range of the ext4 filesystem in an image. */
export function filesystemRange({ filesystem, card }: ImageDescription): ByteRange {
  return card?.layout.filesystem ?? { offset: 0, length: filesystem.plan.blocks * BLOCK_SIZE };
}

/** Returns the size of an image in bytes. */
export function imageSize(image: ImageDescription): number {
  return image.card?.layout.size ?? filesystemRange(image).length;
}
