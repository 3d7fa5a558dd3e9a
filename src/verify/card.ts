import { isDeepStrictEqual } from 'node:util';
import { type ByteRange, cutRanges, type ImageSource, type RandomAccess } from '../bytes/source.ts';
import { windowOf } from '../bytes/window.ts';
import { type CardLayout, cardTable } from '../disk/card-layout.ts';
import { decodeMbr, SECTOR_SIZE } from '../disk/mbr.ts';
import { compareFat } from '../fat/compare.ts';
import { openFat } from '../fat/read.ts';
import { openBlobs } from '../image/card/blobs.ts';
import { openHostFiles } from '../image/card/host-files.ts';
import type { Card } from '../image/description.ts';
import { printable } from '../text/printable.ts';

/**
 * Checks what stands around the filesystem of a card: the partition table, the boot loader files, the files of the FAT
 * partition, and that there is nothing else. Gives what is wrong, in sentences.
 */
export function checkCard(image: RandomAccess, { layout, firmware }: Card): readonly string[] {
  const problems: string[] = [];
  const table = readBytes(image, 0, SECTOR_SIZE);
  if (!isDeepStrictEqual(decodeMbr(table), cardTable(layout))) {
    problems.push('The partition table is not as planned.');
  }
  problems.push(...checkBlobs(image, layout), ...checkGaps(image, layout));
  if (firmware === undefined || layout.firmware === undefined) {
    return problems;
  }
  const files = openHostFiles(firmware.files);
  try {
    const volume = openFat(windowOf(image, layout.firmware));
    const differences = compareFat(volume, firmware.tree, files.read);
    return [...problems, ...differences.map((difference) => `On the firmware partition ${difference}.`)];
  } finally {
    files.close();
  }
}

const PIECE_BYTES = 256 * 1024;

function checkBlobs(image: RandomAccess, { blobs }: CardLayout): readonly string[] {
  const { sources, close } = openBlobs(blobs);
  const isEqual = (source: ImageSource, start: number, { offset, length }: ByteRange): boolean =>
    readBytes(source, offset, length).equals(readBytes(image, start + offset, length));
  try {
    return blobs
      .filter(
        ({ offset, size }, i) =>
          ![...cutRanges(size, PIECE_BYTES)].every((piece) => isEqual(sources[i], offset, piece)),
      )
      .map(({ path, offset }) => `The boot loader file at byte ${offset} is not ${printable(path)}.`);
  } finally {
    close();
  }
}

/** What lies between the table, the boot loader files and the partitions must be zero. */
function checkGaps(image: RandomAccess, { blobs, firmware, filesystem }: CardLayout): readonly string[] {
  const taken = [
    { offset: 0, length: SECTOR_SIZE },
    ...blobs.map(({ offset, size }) => ({ offset, length: size })),
    ...(firmware === undefined ? [] : [firmware]),
    filesystem,
  ].sort((a, b) => a.offset - b.offset);
  const problems: string[] = [];
  for (let i = 1; i < taken.length; i++) {
    const start = taken[i - 1].offset + taken[i - 1].length;
    for (const piece of cutRanges(taken[i].offset - start, PIECE_BYTES)) {
      if (readBytes(image, start + piece.offset, piece.length).every((byte) => byte === 0)) {
        continue;
      }
      problems.push(
        `Between byte ${start} and ${taken[i].offset}, where nothing should be, are bytes other than zero.`,
      );
      break;
    }
  }
  return problems;
}

function readBytes(image: RandomAccess, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  image.read(bytes, offset);
  return bytes;
}
