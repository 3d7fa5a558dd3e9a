import { type ByteRange, cutRanges, type RandomAccess } from '../bytes/source.ts';
import { filesystemRange, type ImageDescription, imageSize, openImage } from '../image/description.ts';

const PIECE_BYTES = 256 * 1024;

/**
 * Compares every byte of an image that is not in its ext4 filesystem with what was planned: also those that no reader
 * of a card looks at, such as the boot code ahead of the partition table and what is free on the FAT partition. Gives
 * the first byte that differs, or `undefined`.
 */
export function differenceAround(image: RandomAccess, description: ImageDescription): number | undefined {
  const planned = openImage(description);
  try {
    for (const range of rangesAround(description)) {
      const at = differenceIn(image, planned, range);
      if (at !== undefined) {
        return at;
      }
    }
    return undefined;
  } finally {
    planned.close();
  }
}

function rangesAround(description: ImageDescription): readonly ByteRange[] {
  const { offset, length } = filesystemRange(description);
  const end = offset + length;
  return [
    { offset: 0, length: offset },
    { offset: end, length: imageSize(description) - end },
  ];
}

function differenceIn(image: RandomAccess, planned: RandomAccess, range: ByteRange): number | undefined {
  const found = Buffer.alloc(PIECE_BYTES);
  const expected = Buffer.alloc(PIECE_BYTES);
  for (const piece of cutRanges(range.length, PIECE_BYTES)) {
    const offset = range.offset + piece.offset;
    image.read(found.subarray(0, piece.length), offset);
    planned.read(expected.subarray(0, piece.length), offset);
    if (found.compare(expected, 0, piece.length, 0, piece.length) === 0) {
      continue;
    }
    return offset + found.subarray(0, piece.length).findIndex((byte, i) => byte !== expected[i]);
  }
  return undefined;
}
