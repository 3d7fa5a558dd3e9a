import type { BootBlob } from '../disk/blobs.ts';
import { planCard } from '../disk/card-layout.ts';
import { SECTOR_SIZE } from '../disk/mbr.ts';
import { planFat } from '../fat/plan.ts';
import { scanBlob } from '../image/card/blobs.ts';
import { firmwareOverlay, scanFirmwareDirectory } from '../image/card/firmware.ts';
import { type FirmwareDirectory, flattenFirmware, mergeFirmware } from '../image/card/firmware-tree.ts';
import type { Card, Firmware } from '../image/description.ts';
import type { Inputs } from '../inputs/inputs.ts';
import type { BootableSystem } from '../nixos/bootable.ts';
import type { Directory } from '../tree/compose.ts';

/** What a card has beside its filesystem. */
export interface CardParts {
  readonly firmware: Firmware | undefined;
  readonly blobs: readonly BootBlob[];
}

/**
 * Reads the firmware files and boot loader files that the inputs name, and what the system has for the firmware partition,
 * before any other work. Throws if they do not fit on a card together; `undefined` for a bare filesystem.
 */
export function readCardParts(inputs: Inputs, system: BootableSystem | undefined): CardParts | undefined {
  if (inputs.format !== 'sd-card') {
    return undefined;
  }
  const parts = {
    firmware: readFirmware(inputs, system?.boot.firmwareOverlay),
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

const NO_FILES: FirmwareDirectory = { kind: 'directory', children: [] };
const SMALL_FILESYSTEM = 1024 * 1024 * 1024;

function readFirmware(
  { firmwareFiles, firmwareSize, firmwareLabel, diskId }: Inputs,
  overlay: Directory | undefined,
): Firmware | undefined {
  if (firmwareFiles === undefined && overlay === undefined) {
    return undefined;
  }
  const given = firmwareFiles === undefined ? NO_FILES : scanFirmwareDirectory(firmwareFiles);
  const files = flattenFirmware(overlay === undefined ? given : mergeFirmware(given, firmwareOverlay(overlay)));
  return { ...files, plan: planFat(files.tree, { size: firmwareSize, volumeId: diskId, label: firmwareLabel }) };
}
