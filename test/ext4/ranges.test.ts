// @module-tag slow
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteRange, RandomAccess } from '../../src/bytes/source.ts';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { createExt4Source } from '../../src/ext4/source.ts';
import { auditFaults } from '../support/image-check.ts';
import { pattern } from '../support/image-contents.ts';
import { type PlannedSample, planSample } from '../support/image-files.ts';
import { anySample, anyShare } from '../support/image-random.ts';
import { file, makeSample, type SampleChild } from '../support/image-sample.ts';
import { smallSample } from '../support/image-small.ts';

const small = planSample(smallSample());
/** A file in four groups, with the tables and backups of three groups between its extents. */
const large = planSample(
  makeSample([
    ['large', file(pattern(450 * 1024 ** 2 + 17, 1))],
    ...Array.from({ length: 3000 }, (_, i): SampleChild => [`a-name-in-the-root-${i}`, file('')]),
  ]),
);

describe.each([
  ['of many small things', small],
  ['with a file over some groups', large],
])('an image %s', (_, planned) => {
  const { source } = planned;
  const whole = readAll(source, 1 << 20);

  it('is the same in pieces of any size', () => {
    // Whole blocks in pieces that are no multiple of anything, and pieces of any bytes.
    for (const piece of [7 * 4096, 4096, 99_991]) {
      const other = createExt4Source(planned.plan, planned.sample.tree, planned.sample.read);
      expect(readAll(other, piece).equals(whole), `pieces of ${piece} bytes`).toBe(true);
    }
  });

  it('has the same bytes in any range as in the whole image', () => {
    fc.assert(
      fc.property(rangeWithin(source.size), ({ offset, length }) => {
        const bytes = Buffer.alloc(length, 0xa5);
        source.read(bytes, offset);
        expect(bytes.equals(whole.subarray(offset, offset + length))).toBe(true);
      }),
      { numRuns: 400 },
    );
  });

  it('has ascending, separate data ranges within the given one, with all bytes that are not zero', () => {
    fc.assert(
      fc.property(rangeWithin(source.size), (within) => {
        const data = [...source.dataRanges(within)];
        expectOrder(data, within);
        expect(zeroOutside(whole, data, within)).toBe(true);
        // Metadata is data, and the rest is contents of files.
        const metadata = [...source.metadataRanges(within, new Set())];
        expectOrder(metadata, within);
        expect(sizeOf(intersection(metadata, data))).toBe(sizeOf(metadata));
      }),
      { numRuns: 400 },
    );
  });

  it('has the same data ranges for a part as for the whole', () => {
    const all = { offset: 0, length: source.size };
    const data = [...source.dataRanges(all)];
    const metadata = [...source.metadataRanges(all, new Set())];
    fc.assert(
      fc.property(rangeWithin(source.size), (within) => {
        expect([...source.dataRanges(within)]).toEqual(intersection(data, [within]));
        expect([...source.metadataRanges(within, new Set())]).toEqual(intersection(metadata, [within]));
      }),
      { numRuns: 200 },
    );
  });

  it('has no journal and no free space in its data ranges', () => {
    const { plan, sample } = planned;
    const data = sizeOf([...source.dataRanges({ offset: 0, length: source.size })]);
    const contents = sample.nodes.reduce((sum, node) => sum + (node.kind === 'file' ? node.contents.size : 0), 0);
    expect(data).toBeLessThan(contents + 8 * 1024 ** 2);
    expect(data).toBeGreaterThan(contents);
    expect(source.size - data).toBeGreaterThan((plan.geometry.journalBlocks - 1) * 4096);
  });

  it('can be read from its metadata alone, without findings', () => {
    const { sample, plan } = planned;
    const metadata = onlyRanges(source, [...source.metadataRanges({ offset: 0, length: source.size }, new Set())]);
    expect(auditFaults(metadata)).toEqual([]);
    const files = sample.nodes.flatMap((node, entry) => (node.kind === 'file' ? [plan.inodes.inodeOf[entry]] : []));
    expect(files.length).toBeGreaterThan(100);
    for (const inode of files) {
      expect(isZero(contentsOf(metadata, inode))).toBe(true);
    }
  });

  it('has only the contents of the given files in its metadata ranges', () => {
    const { sample, plan } = planned;
    const entries = sample.nodes.flatMap((node, entry) =>
      node.kind === 'file' && node.contents.size > 0 && node.contents.size < 100_000 ? [entry] : [],
    );
    const all = { offset: 0, length: source.size };
    const metadata = sizeOf([...source.metadataRanges(all, new Set())]);
    for (const entry of entries.slice(0, 20)) {
      const inode = plan.inodes.inodeOf[entry];
      const ranges = [...source.metadataRanges(all, new Set([inode]))];
      expect(contentsOf(onlyRanges(source, ranges), inode)).toEqual(contentsOf(source, inode));
      expect(sizeOf(ranges) - metadata).toBe(Math.ceil(sample.tree.size[entry] / 4096) * 4096);
    }
  });

  it('refuses reads outside', () => {
    for (const [offset, length] of [
      [source.size - 1, 2],
      [source.size, 1],
      [-1, 1],
      [0, source.size + 1],
      [-4096, 4096],
    ]) {
      expect(() => source.read(sparseTarget(length), offset)).toThrow(RangeError);
    }
    source.read(Buffer.alloc(0), source.size);
  });
});

it('has the same bytes in any range as in the whole image, and zeros outside its data ranges, for any tree', () => {
  fc.assert(
    fc.property(anySample, fc.infiniteStream(anyShare), (sample, numbers) => {
      const planned: PlannedSample = planSample(sample);
      const { source } = planned;
      const whole = readAll(source, 1 << 20);
      for (let i = 0; i < 50; i++) {
        const offset = Math.floor(numbers.next().value * source.size);
        const length = Math.min(source.size - offset, Math.floor(numbers.next().value * 100_000));
        const bytes = Buffer.alloc(length, 0xa5);
        source.read(bytes, offset);
        expect(bytes.equals(whole.subarray(offset, offset + length))).toBe(true);
      }
      const all = { offset: 0, length: source.size };
      expect(zeroOutside(whole, [...source.dataRanges(all)], all)).toBe(true);
    }),
    { numRuns: 15, endOnFailure: true },
  );
});

/** Ranges of any offset and length, and some around the ends of blocks and groups. */
function rangeWithin(size: number): fc.Arbitrary<ByteRange> {
  const anywhere = fc.integer({ min: 0, max: size - 1 });
  const nearBlock = fc.tuple(fc.integer({ min: 0, max: Math.floor(size / 4096) - 1 }), fc.integer({ min: 0, max: 4 }));
  const offset = fc.oneof(
    anywhere,
    nearBlock.map(([block, more]) => block * 4096 + more),
  );
  const length = fc.oneof(
    fc.integer({ min: 0, max: 10_000 }),
    fc.integer({ min: 1, max: 64 }).map((blocks) => blocks * 4096),
    fc.integer({ min: 0, max: 2 ** 22 }),
  );
  return fc.tuple(offset, length).map(([from, some]) => ({ offset: from, length: Math.min(some, size - from) }));
}

function readAll(source: RandomAccess, piece: number): Buffer {
  // Old bytes of the target must not remain.
  const bytes = Buffer.alloc(source.size, 0xa5);
  for (let offset = 0; offset < source.size; offset += piece) {
    source.read(bytes.subarray(offset, Math.min(offset + piece, source.size)), offset);
  }
  return bytes;
}

/** A target of any length that stays unchanged. */
function sparseTarget(length: number): Uint8Array {
  return new Uint8Array(new ArrayBuffer(length));
}

function expectOrder(ranges: readonly ByteRange[], within: ByteRange): void {
  let end = within.offset - 1;
  for (const range of ranges) {
    // Separate: adjacent ranges are merged.
    expect(range.offset).toBeGreaterThan(end);
    expect(range.length).toBeGreaterThan(0);
    end = range.offset + range.length;
  }
  expect(end).toBeLessThanOrEqual(within.offset + within.length);
}

function zeroOutside(whole: Buffer, ranges: readonly ByteRange[], within: ByteRange): boolean {
  let at = within.offset;
  for (const range of [...ranges, { offset: within.offset + within.length, length: 0 }]) {
    if (!isZero(whole.subarray(at, range.offset))) {
      return false;
    }
    at = range.offset + range.length;
  }
  return true;
}

const ZEROS = Buffer.alloc(1 << 20);

function isZero(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at += ZEROS.length) {
    const piece = bytes.subarray(at, at + ZEROS.length);
    if (!piece.equals(ZEROS.subarray(0, piece.length))) {
      return false;
    }
  }
  return true;
}

function intersection(a: readonly ByteRange[], b: readonly ByteRange[]): readonly ByteRange[] {
  const result: ByteRange[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const offset = Math.max(a[i].offset, b[j].offset);
    const end = Math.min(a[i].offset + a[i].length, b[j].offset + b[j].length);
    if (offset < end) {
      result.push({ offset, length: end - offset });
    }
    if (a[i].offset + a[i].length < b[j].offset + b[j].length) {
      i++;
    } else {
      j++;
    }
  }
  return result;
}

function sizeOf(ranges: readonly ByteRange[]): number {
  return ranges.reduce((sum, range) => sum + range.length, 0);
}

/** A source with some ranges of another source, and zeros elsewhere. */
function onlyRanges(source: RandomAccess, ranges: readonly ByteRange[]): RandomAccess {
  return {
    size: source.size,
    read(target, offset) {
      target.fill(0);
      for (const range of intersection(ranges, [{ offset, length: target.length }])) {
        const from = range.offset - offset;
        source.read(target.subarray(from, from + range.length), range.offset);
      }
    },
  };
}

function contentsOf(source: RandomAccess, inode: number): Buffer {
  const reader = openExt4(source);
  const contents = reader.file(reader.inode(inode));
  const bytes = Buffer.alloc(contents.size);
  contents.read(0, bytes);
  return bytes;
}
