import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteRange } from '../../src/bytes/source.ts';
import type { FrameAccess } from '../../src/image/access.ts';
import { type SkeletonAccess, withImage } from '../../src/verify/skeleton.ts';
import { allOf, mostlyZero, pattern } from '../support/image-contents.ts';
import { overwrite } from '../support/image-files.ts';
import { sampleFile } from '../support/image-frames.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

/** Frames of unequal lengths, one of them of a single byte, and one of zeros. */
const PIECES = [pattern(100_000, 1), pattern(1, 2), mostlyZero(300_000), pattern(4096, 3), pattern(70_001, 4)].map(
  allOf,
);
const WHOLE = Buffer.concat(PIECES);
const FRAMES = writeFrames(join(scratch, 'frames'));

function writeFrames(path: string): FrameAccess {
  const { bytes, ...file } = sampleFile('zstd', PIECES, 1);
  writeFileSync(path, bytes);
  return { kind: 'frames', path, ...file };
}

/** A skeleton that holds some ranges, and everywhere else bytes that must not be read. */
function withSkeleton(ranges: readonly ByteRange[], frames = FRAMES): SkeletonAccess {
  const path = join(scratch, `skeleton-${ranges.map(({ offset }) => offset).join('-')}`);
  const bytes = Buffer.alloc(WHOLE.length, 0xee);
  for (const { offset, length } of ranges) {
    WHOLE.copy(bytes, offset, offset, offset + length);
  }
  writeFileSync(path, bytes);
  return { kind: 'skeleton', frames, skeleton: { path, ranges } };
}

const SKELETONS: readonly (readonly [string, readonly ByteRange[]])[] = [
  [
    'some ranges',
    [
      { offset: 0, length: 10 },
      { offset: 99_990, length: 20 },
      { offset: 400_000, length: 5000 },
    ],
  ],
  ['the end', [{ offset: WHOLE.length - 1, length: 1 }]],
  ['nothing', []],
  ['everything', [{ offset: 0, length: WHOLE.length }]],
];

describe.each(SKELETONS)('the bytes of an image with a skeleton of %s', (_, ranges) => {
  it('are those of the image, wherever and in whatever order they are read', () => {
    withImage(withSkeleton(ranges), (image) => {
      expect(image.size).toBe(WHOLE.length);
      const near = fc.constantFrom(0, 99_999, 100_000, 100_001, 400_001, 404_097, WHOLE.length - 2);
      const offset = fc.oneof(fc.nat({ max: WHOLE.length }), near);
      fc.assert(
        fc.property(offset, fc.nat({ max: 120_000 }), (start, length) => {
          const expected = WHOLE.subarray(start, start + length);
          const bytes = Buffer.alloc(expected.length, 0xa5);
          image.read(bytes, start);
          expect(bytes.equals(expected)).toBe(true);
        }),
      );
    });
  });

  it('end where the image ends', () => {
    withImage(withSkeleton(ranges), (image) => {
      expect(() => image.read(Buffer.alloc(1), -1)).toThrow(RangeError);
      expect(() => image.read(Buffer.alloc(2), WHOLE.length - 1)).toThrow(RangeError);
    });
  });
});

it('the ranges of the skeleton are read from it, and no frame is decompressed for them', () => {
  const path = join(scratch, 'broken');
  writeFileSync(path, Buffer.alloc(WHOLE.length));
  withImage(withSkeleton([{ offset: 1000, length: 500 }], { ...FRAMES, path }), (image) => {
    const bytes = Buffer.alloc(500);
    image.read(bytes, 1000);
    expect(bytes.equals(WHOLE.subarray(1000, 1500))).toBe(true);
    expect(() => image.read(bytes, 999)).toThrow('cannot be decompressed');
  });
});

it('a frame that the skeleton holds completely is never decompressed', () => {
  const start = PIECES.slice(0, 3).reduce((sum, piece) => sum + piece.length, 0);
  const path = join(scratch, 'one-broken');
  copyFileSync(FRAMES.path, path);
  const [frame] = FRAMES.frames.slice(3);
  overwrite(path, frame?.offset ?? 0, Buffer.alloc(frame?.compressedBytes ?? 0));
  withImage(withSkeleton([{ offset: start, length: 4096 }], { ...FRAMES, path }), (image) => {
    const bytes = Buffer.alloc(WHOLE.length);
    image.read(bytes, 0);
    expect(bytes.equals(WHOLE)).toBe(true);
  });
});
