/** What a card has around its filesystem: read and checked before any other work. */

import type { BootBlob } from '../disk/blobs.ts';
import { planCard } from '../disk/card-layout.ts';
import { SECTOR_SIZE } from '../disk/mbr.ts';
import { planFat } from '../fat/plan.ts';
import { scanBlob } from '../image/card/blobs.ts';
import { scanFirmwareDirectory } from '../image/card/firmware.ts';
import type { Card, Firmware } from '../image/description.ts';
import type { Inputs } from '../inputs/inputs.ts';

/** The parts of a card beside its filesystem. */
export interface CardParts {
  readonly firmware: Firmware | undefined;
  readonly blobs: readonly BootBlob[];
}

/**
 * Reads the firmware files and boot loader files that the inputs name. Throws where they cannot be on a card together;
 * `undefined` for a bare filesystem.
 */
export function readCardParts(inputs: Inputs): CardParts | undefined {
  if (inputs.format !== 'sd-card') {
    return undefined;
  }
  const parts = {
    firmware: readFirmware(inputs),
    blobs: inputs.bootloader.map(({ path, offset }) => scanBlob(path, offset)),
  };
  // How large the filesystem will be is not known yet, but where it begins is, what would be in its way, and that it is
  // larger than its free space.
  placeOnCard(inputs, parts, Math.max(SMALL_FILESYSTEM, Math.ceil(inputs.freeSpace / SECTOR_SIZE) * SECTOR_SIZE));
  return parts;
}

/** Lays out a card for a filesystem of so many bytes. */
export function placeOnCard(inputs: Inputs, { firmware, blobs }: CardParts, filesystemSize: number): Card {
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
