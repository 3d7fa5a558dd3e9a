import type { BootBlob } from '../disk/blobs.ts';
import { planCard } from '../disk/card-layout.ts';
import { SECTOR_SIZE } from '../disk/mbr.ts';
import { planFat } from '../fat/plan.ts';
import { scanBlob } from '../image/card/blobs.ts';
import { scanFirmwareDirectory } from '../image/card/firmware.ts';
import type { Card, Firmware } from '../image/description.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** What a card has beside its filesystem. */
export interface CardParts {
  readonly firmware: Firmware | undefined;
  readonly blobs: readonly BootBlob[];
}

/**
 * Reads the firmware files and boot loader files that the inputs name, before any other work. Throws if they do not fit
 * on a card together; `undefined` for a bare filesystem.
 */
export function readCardParts(inputs: Inputs): CardParts | undefined {
  if (inputs.format !== 'sd-card') {
    return undefined;
  }
  const parts = {
    firmware: readFirmware(inputs),
    blobs: inputs.bootloader.map(({ path, offset }) => scanBlob(path, offset)),
  };
  // The size of the filesystem is not known yet, but its start is, and that it is larger than its free space.
  placeOnCard(inputs, parts, Math.max(SMALL_FILESYSTEM, Math.ceil(inputs.freeSpace / SECTOR_SIZE) * SECTOR_SIZE));
  return parts;
}

/** Lays out a card for a filesystem of `filesystemSize` bytes. */
export function placeOnCard(
  inputs: Pick<Inputs, 'diskId' | 'firmwareOffset'>,
  { firmware, blobs }: CardParts,
  filesystemSize: number,
): Card {
  const { diskId, firmwareOffset } = inputs;
  const firmwareSize = firmware?.plan.size;
  return { firmware, layout: planCard({ diskId, firmwareOffset, firmwareSize, filesystemSize, blobs }) };
}

const SMALL_FILESYSTEM = 1024 * 1024 * 1024;

function readFirmware({ firmwareFiles, firmwareSize, firmwareLabel, diskId }: Inputs): Firmware | undefined {
  if (firmwareFiles === undefined) {
    return undefined;
  }
  const files = scanFirmwareDirectory(firmwareFiles);
  return { ...files, plan: planFat(files.tree, { size: firmwareSize, volumeId: diskId, label: firmwareLabel }) };
}
