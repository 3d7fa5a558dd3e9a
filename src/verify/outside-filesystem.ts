import { firstDifference } from '../bytes/compare.ts';
import type { ByteRange, RandomAccess } from '../bytes/source.ts';
import { windowOf } from '../bytes/window.ts';
import { blobRanges } from '../disk/blobs.ts';
import type { CardLayout } from '../disk/card-layout.ts';
import { hasTable } from '../disk/table.ts';
import { tableAreas } from '../disk/table-areas.ts';
import { compareFat } from '../fat/compare.ts';
import { openFat } from '../fat/read.ts';
import { openBlobs } from '../image/card/blobs.ts';
import { openSourceFiles } from '../image/card/source-files.ts';
import { type Card, filesystemRange, type ImageDescription, imageSize, openImage } from '../image/description.ts';
import { printable } from '../text/printable.ts';
import { imageMismatch, sourceChanged } from './verification-error.ts';

/**
 * Checks an SD card outside its ext4 filesystem, as a reader sees it: the partition table, the boot loader files, the files
 * of the firmware partition, and zeros everywhere else. Throws naming everything that differs.
 */
export function checkCard(image: RandomAccess, { layout, firmware }: Card): void {
  const differences = [
    ...checkTable(image, layout),
    ...checkBlobs(image, layout),
    ...checkGaps(image, layout),
    ...checkFirmware(image, layout, firmware),
  ];
  if (differences.length > 0) {
    const lines = differences.map((difference) => `\n  ${difference}`);
    throw cardMismatch(`The SD card is not as planned:${lines.join('')}`);
  }
}

/**
 * Compares every byte of an image outside its ext4 filesystem with the plan, also those that no reader looks at, such as
 * free clusters of the firmware partition. Throws naming the first byte that differs.
 */
export function compareOutsideFilesystem(image: RandomAccess, description: ImageDescription): void {
  using planned = openImage(description);
  for (const range of rangesOutside(description)) {
    const position = firstDifference(image, planned, range);
    if (position !== undefined) {
      throw cardMismatch(`The SD card is not as planned at byte ${position}, outside its ext4 filesystem.`);
    }
  }
}

function cardMismatch(message: string): Error {
  return imageMismatch(message, { remedy: sourceChanged('firmware-files and bootloader') });
}

function rangesOutside(description: ImageDescription): readonly ByteRange[] {
  const { offset, length } = filesystemRange(description);
  const end = offset + length;
  return [
    { offset: 0, length: offset },
    { offset: end, length: imageSize(description) - end },
  ];
}

function checkTable(image: RandomAccess, layout: CardLayout): readonly string[] {
  try {
    return hasTable(image, layout) ? [] : ['the partition table differs'];
  } catch (error) {
    return [`the partition table is invalid: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function checkBlobs(image: RandomAccess, { blobs }: CardLayout): readonly string[] {
  using opened = openBlobs(blobs);
  return blobs.flatMap((blob, i) => {
    const { path, offset } = blob;
    // Bytes of a file at offset 0 that are the partition table's are not compared.
    const found = windowOf(image, { offset, length: blob.size });
    const ranges = blobRanges(blob).map((range) => ({ offset: range.offset - offset, length: range.length }));
    const positions = ranges.map((range) => firstDifference(found, opened.sources[i], range));
    const position = positions.find((candidate) => candidate !== undefined);
    return position === undefined
      ? []
      : [`the boot loader file at byte ${offset} differs from ${printable(path)} at byte ${position}`];
  });
}

/** What lies between the table, the boot loader files and the partitions must be zero. */
function checkGaps(image: RandomAccess, { size, table, blobs, firmware, filesystem }: CardLayout): readonly string[] {
  const taken: readonly ByteRange[] = [
    ...tableAreas(table.kind, size),
    ...blobs.flatMap(blobRanges),
    ...(firmware === undefined ? [] : [firmware]),
    filesystem,
    { offset: size, length: 0 },
  ].toSorted((a, b) => a.offset - b.offset);
  const zeros: RandomAccess = { size: image.size, read: (target) => target.fill(0) };
  const differences: string[] = [];
  let end = 0;
  for (const { offset, length } of taken) {
    const position = firstDifference(image, zeros, { offset: end, length: Math.max(0, offset - end) });
    if (position !== undefined) {
      differences.push(`byte ${position} is not zero, though nothing is there between byte ${end} and byte ${offset}`);
    }
    end = Math.max(end, offset + length);
  }
  return differences;
}

function checkFirmware(image: RandomAccess, layout: CardLayout, firmware: Card['firmware']): readonly string[] {
  if (firmware === undefined || layout.firmware === undefined) {
    return [];
  }
  using files = openSourceFiles(firmware.files);
  const volume = openFat(windowOf(image, layout.firmware));
  const differences = compareFat(volume, firmware.tree, files.read);
  return differences.map((difference) => `on the firmware partition, ${difference}`);
}
