import type { CardOptions, FirmwarePartition } from '../../../src/disk/card-layout.ts';
import { MIB } from '../../fat/support/volume.ts';

/** A card with a FAT partition of 30 MiB at 8 MiB, and an ext4 partition of 40 MiB after it. */
export const CARD: CardOptions = {
  table: { kind: 'mbr', diskId: 0x2178694e },
  firmwareOffset: 8 * MIB,
  firmware: firmwareOf(30 * MIB),
  filesystemSize: 40 * MIB,
  rootPartition: undefined,
  bootPartition: 'root',
  architecture: undefined,
  blobs: [],
};

/** A FAT partition that is no EFI system partition. */
export function firmwareOf(size: number): FirmwarePartition {
  return { kind: 'firmware', size };
}
