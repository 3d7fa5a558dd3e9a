import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { readPartitions } from '../src/boot/card/partitions.ts';
import type { ByteRange } from '../src/bytes/source.ts';
import { run } from '../src/process/run.ts';
import { parseBlockMap, rangesBetween } from './block-map.ts';
import type { MadeImage } from './image.ts';

/**
 * Writes an image to a card, a sparse file of `size` bytes, as a person would with bmaptool; bmaptool finds the block map
 * beside the image. Then fills everything that it did not write with other bytes: cards are seldom new.
 *
 * @returns how many bytes bmaptool wrote.
 */
export async function writeCard(image: MadeImage, card: string, size: number): Promise<number> {
  const { stderr } = await run('bmaptool', ['copy', image.path, card]);
  if (!stderr.toString().includes('discovered bmap file')) {
    throw new Error(`bmaptool found no block map:\n${stderr}`);
  }
  await expectEqual(image, card);
  if (size < image.size) {
    throw new Error(`A card of ${size} bytes is smaller than the image of ${image.size}.`);
  }
  truncateSync(card, size);
  const written = parseBlockMap(readFileSync(image.blockMap, 'utf8'));
  const [filesystem] = (await readPartitions(card)).slice(-1);
  soil(card, [...rangesBetween(written, image.size), ...rangesOfGrowth(filesystem, image.size, size)]);
  return written.reduce((sum, { length }) => sum + length, 0);
}

/** Throws if the card is not, to the last byte, what zstd makes of the image. */
async function expectEqual(image: MadeImage, card: string): Promise<void> {
  const zstd = spawn('zstd', ['--decompress', '--stdout', image.path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(zstd, 'close');
  const file = openSync(card, 'r');
  let offset = 0;
  for await (const piece of zstd.stdout) {
    const found = Buffer.alloc(piece.length);
    readSync(file, found, 0, found.length, offset);
    if (!found.equals(piece)) {
      throw new Error(`The card differs from what zstd unpacks, after byte ${offset}.`);
    }
    offset += found.length;
  }
  closeSync(file);
  const [exitCode] = await ended;
  const { size } = statSync(card);
  if (exitCode !== 0 || offset !== size) {
    throw new Error(`zstd unpacks ${offset} bytes and ends with exit code ${exitCode}; the card has ${size}.`);
  }
}

const MIB = 1024 * 1024;
/** Bytes of a block group. */
const GROUP_BYTES = 128 * MIB;

/** Where the filesystem will have structures when it has grown: after the `end` of the image, and at the start of groups. */
function rangesOfGrowth(filesystem: ByteRange, end: number, cardSize: number): readonly ByteRange[] {
  const ranges: ByteRange[] = [{ offset: end, length: Math.min(64 * MIB, cardSize - end) }];
  for (let offset = filesystem.offset; offset < cardSize; offset += GROUP_BYTES) {
    if (offset >= end) {
      ranges.push({ offset, length: Math.min(MIB / 8, cardSize - offset) });
    }
  }
  return ranges;
}

function soil(card: string, ranges: readonly ByteRange[]): void {
  const dirt = Buffer.alloc(MIB, 0xa5);
  const file = openSync(card, 'r+');
  for (const { offset, length } of ranges) {
    for (let done = 0; done < length; done += dirt.length) {
      writeSync(file, dirt, 0, Math.min(dirt.length, length - done), offset + done);
    }
  }
  closeSync(file);
}
