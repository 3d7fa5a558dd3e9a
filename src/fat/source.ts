import { checkBounds } from '../bytes/bounds.ts';
import { firstAfter } from '../bytes/search.ts';
import { type ByteRange, type ImageSource, SECTOR_SIZE } from '../bytes/source.ts';
import { ENTRY_SIZE, FIRST_CLUSTER } from './constants.ts';
import type { FatPlan } from './plan.ts';
import { reservedRanges } from './structures/boot-sector.ts';
import { encodeTable, usedEntries } from './structures/table.ts';
import type { ReadFatContents } from './tree.ts';
import { FATS, type FatLayout } from './volume-layout.ts';

/** Creates the bytes of a planned FAT volume, with file contents from `readContents`. */
export function createFatSource(plan: FatPlan, readContents: ReadFatContents): ImageSource {
  const areas = listAreas(plan, readContents);
  const { size } = plan;
  return {
    size,
    read(target, offset) {
      checkBounds({ offset, length: target.length }, size, 'a FAT volume');
      const limit = offset + target.length;
      target.fill(0);
      for (const area of areas) {
        const from = Math.max(area.offset, offset);
        const to = Math.min(area.offset + area.length, limit);
        if (from < to) {
          area.read(target.subarray(from - offset, to - offset), from - area.offset);
        }
      }
    },
    *dataRanges(within) {
      for (const { offset, length } of areas.flatMap(({ data }) => data)) {
        const from = Math.max(offset, within.offset);
        const to = Math.min(offset + length, within.offset + within.length);
        if (from < to) {
          yield { offset: from, length: to - from };
        }
      }
    },
  };
}

/** The unused clusters and the unused end of the partition, as one range. */
export function fatFreeRanges({ size, layout, chains }: FatPlan): readonly ByteRange[] {
  const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
  const offset = dataStartOf(layout) + (usedEntries(chains) - FIRST_CLUSTER) * clusterBytes;
  return offset < size ? [{ offset, length: size - offset }] : [];
}

function dataStartOf({ reservedSectors, fatSectors, rootEntries }: FatLayout): number {
  return (reservedSectors + FATS * fatSectors) * SECTOR_SIZE + rootEntries * ENTRY_SIZE;
}

/** A part of the volume. Bytes outside all areas are zero. */
interface Area extends ByteRange {
  /** Ranges of the volume that may hold bytes other than zero, ascending. */
  readonly data: readonly ByteRange[];
  /** Fills `target`, which is zero, with the bytes of the area from `position` on. */
  read(target: Uint8Array, position: number): void;
}

function listAreas(plan: FatPlan, readContents: ReadFatContents): readonly Area[] {
  const { layout, reserved, chains, rootDirectory, directories } = plan;
  const tableStart = layout.reservedSectors * SECTOR_SIZE;
  const tableBytes = layout.fatSectors * SECTOR_SIZE;
  const dataStart = dataStartOf(layout);
  const rootStart = dataStart - rootDirectory.length;
  const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
  const filesStart = dataStart + directories.length;
  const usedBytes = (usedEntries(chains) - FIRST_CLUSTER) * clusterBytes;

  const area = (offset: number, length: number, used: number, read: Area['read']): Area => ({
    offset,
    length,
    data: used === 0 ? [] : [{ offset, length: used }],
    read,
  });
  const copy = (bytes: Uint8Array): Area['read'] => {
    return (target, position) => target.set(bytes.subarray(position, position + target.length));
  };
  const usedTable = wholeSectors((usedEntries(chains) * layout.bits) / 8);
  return [
    {
      ...area(0, reserved.length, 0, copy(reserved)),
      data: reservedRanges(layout),
    },
    ...Array.from({ length: FATS }, (_, i) =>
      area(tableStart + i * tableBytes, usedTable, usedTable, (target, position) => readTable(plan, target, position)),
    ),
    area(rootStart, rootDirectory.length, usedDirectory(rootDirectory), copy(rootDirectory)),
    area(dataStart, directories.length, directories.length, copy(directories)),
    area(filesStart, usedBytes - directories.length, usedBytes - directories.length, (target, position) =>
      readFiles(plan, readContents, target, directories.length + position),
    ),
  ];
}

/** Fills `target` with the bytes of the table from `position` on. */
function readTable({ layout, chains }: FatPlan, target: Uint8Array, position: number): void {
  const width = layout.bits / 8;
  const first = Math.floor(position / width);
  const end = Math.ceil((position + target.length) / width);
  const entries = Buffer.alloc((end - first) * width);
  encodeTable(entries, first, layout.bits, chains);
  target.set(entries.subarray(position - first * width).subarray(0, target.length));
}

/** Fills `target` with the bytes of files from `position` of the data area on. */
function readFiles(plan: FatPlan, readContents: ReadFatContents, target: Uint8Array, position: number): void {
  const { fileEntry, fileCluster, fileSize, layout } = plan;
  const clusterBytes = layout.sectorsPerCluster * SECTOR_SIZE;
  const startOf = (file: number): number => (fileCluster[file] - FIRST_CLUSTER) * clusterBytes;
  const limit = position + target.length;
  // The file before may include the position.
  const first = Math.max(0, firstAfter(fileCluster.length, startOf, position) - 1);
  for (let file = first; file < fileCluster.length; file++) {
    const start = startOf(file);
    if (start >= limit) {
      return;
    }
    const from = Math.max(start, position);
    const to = Math.min(start + fileSize[file], limit);
    if (from < to) {
      readContents(fileEntry[file], from - start, target.subarray(from - position, to - position));
    }
  }
}

/** Bytes of a directory up to the end of its last used sector. */
function usedDirectory(directory: Uint8Array): number {
  let end = directory.length;
  while (end > 0 && directory[end - ENTRY_SIZE] === 0) {
    end -= ENTRY_SIZE;
  }
  return wholeSectors(end);
}

function wholeSectors(bytes: number): number {
  return Math.ceil(bytes / SECTOR_SIZE) * SECTOR_SIZE;
}
