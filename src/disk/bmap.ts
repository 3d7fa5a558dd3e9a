/**
 * Block maps for `bmaptool copy`: which blocks of an image must be written to a card, with a checksum of each range, in
 * bmaptool's XML of version 2.0 (github.com/intel/bmap-tools, BmapCreate.py).
 */
import { createHash } from 'node:crypto';
import type { ByteRange } from '../bytes/source.ts';

/** Bytes of a block, the unit of a map. */
export const BMAP_BLOCK_SIZE = 4096;

/** A range of a map: whole blocks, except for a last block that the image does not fill. */
export interface BmapRange extends ByteRange {
  /** SHA-256 of the bytes of the range. */
  readonly sha256: Uint8Array;
}

/**
 * The ranges of a map: the blocks that overlap `written`, each range cut at multiples of `step` bytes, so that a piece of
 * `step` bytes of the image is enough to hash a range.
 *
 * @param size bytes of the image.
 * @param written ascending ranges, from `writtenRanges`.
 * @param step a multiple of the block size; ranges are not cut by default.
 */
export function bmapRanges(
  size: number,
  written: Iterable<ByteRange>,
  step = Number.POSITIVE_INFINITY,
): readonly ByteRange[] {
  const ranges: ByteRange[] = [];
  for (const { offset, length } of touchedBlocks(size, written)) {
    const end = offset + length;
    let start = offset;
    while (start < end) {
      const cut = step === Number.POSITIVE_INFINITY ? end : Math.min(end, (Math.floor(start / step) + 1) * step);
      ranges.push({ offset: start, length: cut - start });
      start = cut;
    }
  }
  return ranges;
}

/** Encodes a map as XML. The same arguments always result in the same bytes. */
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
    '    <!-- SHA-256 of this file with zeros in place of this checksum. -->',
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

/** The blocks that `written` overlaps, as ascending and disjoint ranges within the image. */
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
