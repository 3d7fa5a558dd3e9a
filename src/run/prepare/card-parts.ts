import type { BootBlob } from '../../disk/blobs.ts';
import { type CardOptions, planCard } from '../../disk/card-layout.ts';
import { SECTOR_SIZE } from '../../disk/mbr.ts';
import type { Architecture } from '../../disk/partition-types.ts';
import { inputError } from '../../errors/user-error.ts';
import { planFat } from '../../fat/plan.ts';
import { reservedNames } from '../../fat/reserved-names.ts';
import type { FatFilesystem } from '../../fat/volume-layout.ts';
import { scanBlob } from '../../image/card/blobs.ts';
import { firmwareOverlay, scanFirmwareDirectory } from '../../image/card/firmware.ts';
import { type FirmwareDirectory, flattenFirmware, mergeFirmware } from '../../image/card/firmware-tree.ts';
import type { Card, Firmware } from '../../image/description.ts';
import type { Inputs } from '../../inputs/inputs.ts';
import type { BootableSystem } from '../../nixos/bootable.ts';
import type { Log } from '../../runner/log.ts';
import { quote } from '../../text/escape.ts';
import { formatCount } from '../../text/format.ts';
import type { Directory } from '../../tree/compose.ts';

/** What the partitions of a card depend on besides the inputs: what it boots, and how. */
export interface BootLayout extends Pick<CardOptions, 'bootPartition' | 'architecture'> {
  /** What the FAT partition is, if there is one: an EFI system partition is always FAT32. */
  readonly firmwareKind: 'firmware' | 'esp';
}

/** What a card has beside its filesystem. */
export interface CardParts {
  readonly boot: BootLayout;
  readonly firmware: Firmware | undefined;
  readonly blobs: readonly BootBlob[];
}

/** The inputs that say where the parts of a card are. */
export type CardInputs = Pick<Inputs, 'partitionTable' | 'rootPartition' | 'diskId' | 'firmwareOffset'>;

/** Without a system, boot files come from the inputs, and so does the partition that they are on. */
function bootLayoutOf({ bootPartition }: Inputs, system: BootableSystem | undefined): BootLayout {
  const given = bootPartition === 'firmware' ? 'firmware' : 'root';
  return {
    firmwareKind: system?.boot.firmwareKind ?? 'firmware',
    bootPartition: system?.boot.bootPartition ?? given,
    architecture: ARCHITECTURES.get(system?.platform ?? ''),
  };
}

const ARCHITECTURES: ReadonlyMap<string, Architecture> = new Map([
  ['aarch64-linux', 'aarch64'],
  ['x86_64-linux', 'x86-64'],
  ['riscv64-linux', 'riscv64'],
]);

/**
 * Reads the firmware files and boot loader files that the inputs name, and what the system has for the firmware partition,
 * before any other work. Throws if they do not fit on a card together; `undefined` for a bare filesystem.
 */
export function readCardParts(inputs: Inputs, system: BootableSystem | undefined): CardParts | undefined {
  if (inputs.format !== 'sd-card') {
    return undefined;
  }
  const boot = bootLayoutOf(inputs, system);
  const parts = {
    boot,
    firmware: readFirmware(inputs, boot, system?.boot.firmwareOverlay),
    blobs: inputs.bootloader.map(scanBlob),
  };
  if (parts.boot.bootPartition === 'firmware' && parts.firmware === undefined) {
    throw inputError({
      input: 'boot-partition',
      message: 'The input boot-partition is firmware, but the card has no FAT partition.',
      remedy: 'Set firmware-files to a directory with the files for it, or boot-partition to root.',
    });
  }
  placeOnSmallCard(inputs, parts);
  return parts;
}

/** Warns of firmware files that a person at a Windows computer cannot open or change. */
export function warnOfReservedNames(firmware: Firmware | undefined, log: Pick<Log, 'warning'>): void {
  const names = firmware === undefined ? [] : reservedNames(firmware.tree);
  if (names.length === 0) {
    return;
  }
  log.warning(
    'Windows cannot open all firmware files',
    `Windows takes the names of ${formatCount(names.length, 'file')} of the FAT partition for devices: ` +
      `${names.slice(0, MOST_NAMES).map(quote).join(', ')}. Rename them if they are to be changed there.`,
  );
}

/** Names that a warning has. */
const MOST_NAMES = 5;

/**
 * Lays out a card while of the size of its filesystem no more is known than that it is larger than its free space. The UUID
 * may depend on the closure; it decides nothing about places.
 */
export function placeOnSmallCard(inputs: CardInputs & Pick<Inputs, 'freeSpace'>, parts: CardParts): Card {
  const filesystemSize = Math.max(1, Math.ceil(inputs.freeSpace / SECTOR_SIZE)) * SECTOR_SIZE;
  return placeOnCard(inputs, parts, { filesystemSize, uuid: new Uint8Array(16) });
}

/** Lays out a card for a filesystem of `filesystemSize` bytes with the UUID `uuid`. */
export function placeOnCard(
  { partitionTable, rootPartition, diskId, firmwareOffset }: CardInputs,
  { boot, firmware, blobs }: CardParts,
  { filesystemSize, uuid }: { readonly filesystemSize: number; readonly uuid: Uint8Array },
): Card {
  const layout = planCard({
    table: partitionTable === 'mbr' ? { kind: 'mbr', diskId } : { kind: 'gpt', uuid },
    firmwareOffset,
    firmware: firmware && { kind: boot.firmwareKind, size: firmware.plan.size },
    filesystemSize,
    rootPartition,
    bootPartition: boot.bootPartition,
    architecture: boot.architecture,
    blobs,
  });
  return { firmware, layout };
}

const NO_FILES: FirmwareDirectory = { kind: 'directory', children: [] };

function readFirmware(
  inputs: Inputs,
  { firmwareKind }: BootLayout,
  overlay: Directory | undefined,
): Firmware | undefined {
  const { firmwareFiles, firmwareSize, firmwareLabel, diskId } = inputs;
  if (firmwareFiles === undefined && overlay === undefined) {
    return undefined;
  }
  const given = firmwareFiles === undefined ? NO_FILES : scanFirmwareDirectory(firmwareFiles);
  const files = flattenFirmware(overlay === undefined ? given : mergeFirmware(given, firmwareOverlay(overlay)));
  const filesystem = filesystemFor(firmwareKind, inputs);
  const options = { size: firmwareSize, filesystem, volumeId: diskId, label: firmwareLabel };
  return { ...files, plan: planFat(files.tree, options) };
}

/** An EFI system partition is FAT32 (UEFI specification 2.10, section 13.3): not all firmware reads FAT16 there. */
function filesystemFor(
  kind: BootLayout['firmwareKind'],
  { firmwareFilesystem }: Pick<Inputs, 'firmwareFilesystem'>,
): FatFilesystem {
  if (kind !== 'esp') {
    return firmwareFilesystem;
  }
  if (firmwareFilesystem === 'fat16') {
    throw inputError({
      input: 'firmware-filesystem',
      message: 'The FAT partition is an EFI system partition, which is FAT32, but firmware-filesystem is fat16.',
      remedy: 'Remove firmware-filesystem, or set it to fat32.',
    });
  }
  return 'fat32';
}
