import type { CardPartition } from '../../disk/card-layout.ts';
import { partitionGuid } from '../../disk/table.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { BootOptions } from '../../nixos/boot-options.ts';
import type { RootIdentity, RootPartition } from '../../nixos/mounts/root.ts';
import { formatUuid } from '../../text/format.ts';
import { type CardParts, placeOnSmallCard } from './card-parts.ts';

/** How the inputs have the image boot its system. */
export function bootOptions(inputs: Inputs): BootOptions {
  const { bootLoader, bootPartition, deviceTree, bootTimeout, firmwareFiles, firmwareLabel, diskId, format } = inputs;
  const fat = format === 'sd-card' ? { label: firmwareLabel, volumeId: diskId } : undefined;
  return { bootLoader, bootPartition, deviceTree, bootTimeout, firmwareFiles, fat };
}

/** What the root filesystem will be called, as far as that is known before the closure is. */
export function rootIdentity(inputs: Inputs, card: CardParts | undefined): RootIdentity {
  const { volumeLabel, uuid } = inputs;
  return {
    label: volumeLabel,
    uuid: uuid === 'from-closure' ? undefined : formatUuid(uuid).toLowerCase(),
    partition: card && rootPartition(inputs, placeOnSmallCard(inputs, card).layout.filesystem),
  };
}

function rootPartition({ partitionTable, diskId, uuid }: Inputs, { number, name }: CardPartition): RootPartition {
  if (partitionTable === 'mbr') {
    return { table: 'mbr', number, diskId };
  }
  const guid = uuid === 'from-closure' ? undefined : partitionGuid(uuid, number).toLowerCase();
  return { table: 'gpt', number, name, guid };
}
