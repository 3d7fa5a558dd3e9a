import { basename } from 'node:path';
import type { ByteRange } from '../bytes/source.ts';
import type { CardLayout } from '../disk/card-layout.ts';
import { planExt4 } from '../ext4/plan/plan.ts';
import { type Usage, usageOf } from '../ext4/plan/usage.ts';
import { type ImageDescription, imageSize } from '../image/description.ts';
import type { Inputs } from '../inputs/inputs.ts';
import { closureUuid } from '../nix/closure-uuid.ts';
import type { StorePathInfo } from '../nix/registration.ts';
import { STORE_TIME } from '../nix/store-path.ts';
import type { Log } from '../runner/log.ts';
import { formatSize } from '../text/size.ts';
import type { ImageTree } from '../tree/image-tree.ts';
import { skeletonRanges } from '../verify/skeleton.ts';
import { type CardInputs, type CardParts, placeOnCard } from './prepare/card-parts.ts';

/** The planned image. */
export interface PlannedImage {
  readonly description: ImageDescription;
  /** Of its filesystem. */
  readonly usage: Usage;
  /** Bytes of the whole. */
  readonly size: number;
  /** The ranges that the verification of a compressed image unpacks; none for a raw one. */
  readonly skeletonRanges: readonly ByteRange[];
}

/** Plans the image to the last byte. */
export function planImage({
  inputs,
  cardParts,
  closure,
  tree,
  log,
}: {
  readonly inputs: Pick<Inputs, 'uuid' | 'volumeLabel' | 'freeSpace' | 'compression'> & CardInputs;
  readonly cardParts: CardParts | undefined;
  readonly closure: readonly StorePathInfo[];
  readonly tree: ImageTree;
  readonly log: Log;
}): Promise<PlannedImage> {
  return log.phase('Plan the image', () => {
    const uuid = inputs.uuid === 'from-closure' ? closureUuid(closure) : inputs.uuid;
    const label = Buffer.from(inputs.volumeLabel);
    const plan = planExt4(tree, { uuid, label, freeSpace: inputs.freeSpace, time: STORE_TIME });
    const usage = usageOf(plan, tree);
    const card =
      cardParts === undefined ? undefined : placeOnCard(inputs, cardParts, { filesystemSize: usage.size, uuid });
    const description = { filesystem: { plan, tree }, card };
    const size = imageSize(description);
    const isRaw = inputs.compression === 'none';
    if (card !== undefined) {
      log.info(`Card of ${formatSize(size)}: ${describeLayout(card.layout)}`);
    }
    log.info(
      `Filesystem of ${formatSize(usage.size)}: files ${formatSize(usage.fileBytes)}, ` +
        `structure ${formatSize(usage.structureBytes)}, free ${formatSize(usage.freeBytes)}`,
    );
    return { description, usage, size, skeletonRanges: isRaw ? [] : skeletonRanges(description) };
  });
}

function describeLayout({ firmware, filesystem, blobs }: CardLayout): string {
  const parts = [
    ...blobs.map(({ path, offset }) => `${basename(path)} at ${formatSize(offset)}`),
    ...(firmware === undefined ? [] : [`FAT at ${formatSize(firmware.offset)}`]),
    `ext4 at ${formatSize(filesystem.offset)}`,
  ];
  return parts.join(', ');
}
