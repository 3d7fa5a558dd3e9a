import type { Inputs } from '../inputs/inputs.ts';
import type { BootOptions } from '../nixos/boot-options.ts';
import type { RootIdentity } from '../nixos/mounts/root.ts';
import { formatUuid } from '../text/format.ts';
import type { CardParts } from './card-parts.ts';

/** How the inputs have the image boot its system. */
export function bootOptions(inputs: Inputs): BootOptions {
  const { bootLoader, bootPartition, deviceTree, bootTimeout, firmwareFiles, firmwareLabel, diskId, format } = inputs;
  const fat = format === 'sd-card' ? { label: firmwareLabel, volumeId: diskId } : undefined;
  return { bootLoader, bootPartition, deviceTree, bootTimeout, firmwareFiles, fat };
}

/** What the root filesystem will be called, as far as that is known before the closure is. */
export function rootIdentity({ volumeLabel, uuid, diskId }: Inputs, card: CardParts | undefined): RootIdentity {
  return {
    label: volumeLabel,
    uuid: uuid === 'from-closure' ? undefined : formatUuid(uuid).toLowerCase(),
    partition: card && { table: 'mbr', diskId, number: card.firmware === undefined ? 1 : 2 },
  };
}
