import type { ByteRange } from '../bytes/source.ts';
import type { CardLayout } from './card-layout.ts';

/** Ranges of the filesystems of a card that belong to no file and no structure, each relative to its partition. */
export interface FreeRanges {
  /** As `fatFreeRanges` gives them; empty without such a partition. */
  readonly firmware: readonly ByteRange[];
  readonly filesystem: readonly ByteRange[];
}

/**
 * The ranges of a card that must be written to it, ascending: all but the free space of its filesystems. That is more
 * than what is not zero. A card is seldom new: where zeros mean something (the end of a directory, a free cluster, an
 * empty journal), or where a board looks for a boot loader, what an earlier system left there must not stay.
 */
export function writtenRanges({ size, firmware, filesystem }: CardLayout, free: FreeRanges): readonly ByteRange[] {
  const ofFirmware = firmware === undefined ? [] : moved(free.firmware, firmware.offset);
  const unwritten = [...ofFirmware, ...moved(free.filesystem, filesystem.offset)].sort((a, b) => a.offset - b.offset);
  const written: ByteRange[] = [];
  let start = 0;
  for (const { offset, length } of unwritten) {
    if (offset > start) {
      written.push({ offset: start, length: offset - start });
    }
    start = offset + length;
  }
  if (size > start) {
    written.push({ offset: start, length: size - start });
  }
  return written;
}

function moved(ranges: readonly ByteRange[], by: number): readonly ByteRange[] {
  return ranges.map(({ offset, length }) => ({ offset: offset + by, length }));
}
