/**
 * Block maps for `bmaptool copy`: which blocks of an image must be written to a card, with a checksum of each range, in
 * bmaptool's XML of version 2.0 (github.com/intel/bmap-tools, BmapCreate.py).
 */
import { createHash } from 'node:crypto';
import type { ByteRange } from '../bytes/source.ts';

/** Bytes of a block of the map. */
export const BMAP_BLOCK_SIZE = 4096;

/** A range of the map; whole blocks, but for the last of an image that has no whole number of them. */
export interface BmapRange extends ByteRange {
  /** Of the bytes of the range. */
  readonly sha256: Uint8Array;
}

/**
 * The ranges of a map: the blocks that `written` touches, each range cut at multiples of `step` bytes, so that whoever
 * produces an image in pieces of `step` bytes has all of a range at hand to hash it.
 *
 * @param size bytes of the image.
 * @param written ascending ranges of what must be written, as `writtenRanges` gives them.
 * @param step a multiple of the block; ranges are not cut if left out.
 */
export function bmapRanges(
  size: number,
  written: Iterable<ByteRange>,
  step = Number.POSITIVE_INFINITY,
): readonly ByteRange[] {
  const ranges: ByteRange[] = [];
  for (const { offset, length } of touchedBlocks(size, written)) {
    const end = offset + length;
    for (let start = offset; start < end; ) {
      const cut = Math.min(end, step === Number.POSITIVE_INFINITY ? end : (Math.floor(start / step) + 1) * step);
      ranges.push({ offset: start, length: cut - start });
      start = cut;
    }
  }
  return ranges;
}

/** Writes a map. The same ranges always give the same bytes. */
export function encodeBmap(size: number, ranges: readonly BmapRange[]): string {
  const mapped = ranges.reduce((sum, { length }) => sum + blocksOf(length), 0);
  const unsealed = [
    '<?xml version="1.0" ?>',
    '<!-- The blocks of an image that must be written to a card, for: bmaptool copy IMAGE DEVICE -->',
    '<bmap version="2.0">',
    element('ImageSize', size),
    element('BlockSize', BMAP_BLOCK_SIZE),
    element('BlocksCount', blocksOf(size)),
    element('MappedBlocksCount', mapped),
    element('ChecksumType', 'sha256'),
    '    <!-- Of this file with zeros in its place. -->',
    element('BmapFileChecksum', ZERO_CHECKSUM),
    '    <BlockMap>',
    ...ranges.map(rangeElement),
    '    </BlockMap>',
    '</bmap>',
    '',
  ].join('\n');
  const checksum = createHash('sha256').update(unsealed).digest('hex');
  return unsealed.replace(ZERO_CHECKSUM, checksum);
}

const ZERO_CHECKSUM = '0'.repeat(64);

function* touchedBlocks(size: number, written: Iterable<ByteRange>): Generator<ByteRange> {
  let start = 0;
  let end = 0;
  for (const { offset, length } of written) {
    const first = Math.floor(offset / BMAP_BLOCK_SIZE) * BMAP_BLOCK_SIZE;
    if (first > end) {
      if (end > start) {
        yield { offset: start, length: end - start };
      }
      start = first;
    }
    end = Math.min(size, blocksOf(offset + length) * BMAP_BLOCK_SIZE);
  }
  if (end > start) {
    yield { offset: start, length: end - start };
  }
}

function rangeElement({ offset, length, sha256 }: BmapRange): string {
  const first = offset / BMAP_BLOCK_SIZE;
  const last = first + blocksOf(length) - 1;
  const blocks = first === last ? String(first) : `${first}-${last}`;
  return `        <Range chksum="${Buffer.from(sha256).toString('hex')}"> ${blocks} </Range>`;
}

function element(name: string, value: number | string): string {
  return `    <${name}> ${value} </${name}>`;
}

function blocksOf(bytes: number): number {
  return Math.ceil(bytes / BMAP_BLOCK_SIZE);
}
