import type { ByteRange } from '../bytes/source.ts';
import type { CardLayout } from './card-layout.ts';

/** Unused ranges of the filesystems of a card, each relative to its partition, ascending. */
export interface FreeRanges {
  /** From `fatFreeRanges`; empty without a firmware partition. */
  readonly firmware: readonly ByteRange[];
  readonly filesystem: readonly ByteRange[];
}

/**
 * The ranges that must be written to a card, ascending: everything except the free space of its filesystems. That is more
 * than the ranges that are not zero, because cards are rarely new: where zeros have a meaning (the end of a directory, a
 * free cluster, an empty journal), or where a board looks for a boot loader, the data of an earlier system must not stay.
 */
export function writtenRanges({ size, firmware, filesystem }: CardLayout, free: FreeRanges): readonly ByteRange[] {
  const freeOfFirmware = firmware === undefined ? [] : shift(free.firmware, firmware.offset);
  const unwritten = [...freeOfFirmware, ...shift(free.filesystem, filesystem.offset)].sort(
    (a, b) => a.offset - b.offset,
  );
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

function shift(ranges: readonly ByteRange[], by: number): readonly ByteRange[] {
  return ranges.map(({ offset, length }) => ({ offset: offset + by, length }));
}
