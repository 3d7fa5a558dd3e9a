// @module-tag system
import { createHash } from 'node:crypto';
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteRange } from '../../src/bytes/source.ts';
import { bmapRanges, encodeBmap } from '../../src/disk/bmap.ts';
import { planCard } from '../../src/disk/card-layout.ts';
import { createCardSource } from '../../src/disk/card-source.ts';
import { writtenRanges } from '../../src/disk/written.ts';
import { openFat } from '../../src/fat/read.ts';
import { fatFreeRanges } from '../../src/fat/source.ts';
import { bytesOf, type Files, MIB, volumeOf, writeSource } from '../fat/support/volume.ts';
import { withLoopDevice } from '../support/kernel-loop.ts';
import { runAsRoot, runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { CARD, firmwareOf } from './support/card.ts';

const directory = temporaryDirectory();

function bmapOf(image: Buffer, written: readonly ByteRange[], step?: number): string {
  const ranges = bmapRanges(image.length, written, step).map((range) => ({
    ...range,
    sha256: createHash('sha256')
      .update(image.subarray(range.offset, range.offset + range.length))
      .digest(),
  }));
  return encodeBmap(image.length, ranges);
}

describe.each([
  ['whole blocks', 1000 * 4096],
  ['an image that ends within a block', 1000 * 4096 - 1000],
])('%s', (name, size) => {
  const image = Buffer.alloc(size);
  const written = [
    { offset: 0, length: 512 },
    { offset: 10 * 4096 + 100, length: 5 * 4096 },
    { offset: 16 * 4096, length: 1 },
    { offset: 500 * 4096, length: 300 * 4096 },
    { offset: size - 10, length: 10 },
  ];
  for (const { offset, length } of written) {
    bytesOf(length, offset).copy(image, offset);
  }
  const path = (what: string) => join(directory, `${name.replaceAll(' ', '-')}-${what}`);

  it.each([undefined, 64 * 1024])(
    'is copied and verified by bmaptool, with ranges cut at multiples of %s',
    async (step) => {
      writeFileSync(path('image'), image);
      writeFileSync(path('bmap'), bmapOf(image, written, step));
      await bmaptool(path('image'), path('bmap'), path('copy'));
      expect(readFileSync(path('copy')).equals(image)).toBe(true);
    },
  );

  it('is refused by bmaptool if one bit of a written block is wrong', async () => {
    for (const { offset } of written) {
      const broken = Buffer.from(image);
      broken[offset] ^= 1;
      writeFileSync(path('image'), broken);
      writeFileSync(path('bmap'), bmapOf(image, written));
      await expect(bmaptool(path('image'), path('bmap'), path('copy'))).rejects.toThrow(
        /checksum mismatch for blocks range/,
      );
    }
  });

  it('is refused by bmaptool if the map has been changed', async () => {
    writeFileSync(path('image'), image);
    writeFileSync(path('bmap'), bmapOf(image, written).replace('500-799', '500-798'));
    await expect(bmaptool(path('image'), path('bmap'), path('copy'))).rejects.toThrow(
      /checksum mismatch for bmap file/,
    );
  });
});

it('maps exactly the blocks that overlap the written ranges, cut at multiples of the step only', () => {
  const pieces = fc.array(fc.tuple(fc.nat(20_000), fc.integer({ min: 1, max: 30_000 })), {
    minLength: 1,
    maxLength: 12,
  });
  fc.assert(
    fc.property(pieces, fc.nat(9000), fc.constantFrom(undefined, 4096, 16_384), (gaps, tail, step) => {
      let end = 0;
      const written = gaps.map(([gap, length]) => {
        const offset = end + gap;
        end = offset + length;
        return { offset, length };
      });
      const size = end + tail;
      const ranges = bmapRanges(size, written, step);
      const touched = new Set(written.flatMap(({ offset, length }) => blocksOf(offset, length)));
      const mapped = ranges.flatMap(({ offset, length }) => blocksOf(offset, length));
      expect(mapped).toEqual([...touched].sort((a, b) => a - b));
      ranges.forEach(({ offset, length }, i) => {
        expect(offset % 4096).toBe(0);
        expect(offset + length).toBeLessThanOrEqual(size);
        if (step !== undefined) {
          expect(Math.floor(offset / step)).toBe(Math.floor((offset + length - 1) / step));
        }
        const next = ranges[i + 1];
        if (next?.offset === offset + length) {
          expect(next.offset % (step ?? Number.POSITIVE_INFINITY)).toBe(0);
        }
      });
    }),
  );
});

function blocksOf(offset: number, length: number): readonly number[] {
  const first = Math.floor(offset / 4096);
  return Array.from({ length: Math.ceil((offset + length) / 4096) - first }, (_, i) => first + i);
}

it.each([30 * MIB, 512 * MIB])(
  'makes a sound card of one that was full of something else: FAT of %i bytes',
  async (size) => {
    const files: Files = Object.fromEntries(
      Array.from({ length: 60 }, (_, i) => [`directory/file-${i}.bin`, bytesOf(3000, i)]),
    );
    const { source: firmware, plan } = volumeOf(files, { size });
    const layout = planCard({ ...CARD, firmware: firmwareOf(size), filesystemSize: 4096 });
    const filesystem = { size: 4096, read: () => {}, dataRanges: () => [] };
    const card = createCardSource(layout, { firmware, filesystem, blobs: [] });
    const image = join(directory, 'card');
    writeSource(card, image);
    const written = writtenRanges(layout, { firmware: fatFreeRanges(plan), filesystem: [{ offset: 0, length: 4096 }] });
    const total = written.reduce((sum, { length }) => sum + length, 0);
    expect(total).toBeLessThan(8 * MIB + 3 * MIB);
    writeFileSync(`${image}.bmap`, bmapOf(readFileSync(image), written));

    // Only the first 24 MiB of the card are read. A device is not truncated like a file.
    const used = join(directory, 'used-card');
    writeFileSync(used, Buffer.alloc(24 * MIB, 0xa5));
    truncateSync(used, layout.size);
    await withLoopDevice(used, { write: true }, async (device) => {
      await runAsRoot('bmaptool', ['--quiet', 'copy', '--bmap', `${image}.bmap`, image, device]);
    });
    const bytes = readFileSync(used);
    expect(bytes.subarray(512, 8 * MIB).equals(Buffer.alloc(8 * MIB - 512))).toBe(true);
    const start = 8 * MIB;
    const volume = openFat({
      size,
      read: (target, at) => target.set(bytes.subarray(start + at, start + at + target.length)),
    });
    expect(volume.entries).toHaveLength(62);
  },
);

async function bmaptool(image: string, bmap: string, target: string): Promise<void> {
  rmSync(target, { force: true });
  await runTool('bmaptool', ['--quiet', 'copy', '--bmap', bmap, image, target]);
}
