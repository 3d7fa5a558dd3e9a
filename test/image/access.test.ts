import { copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AccessDescription, type FrameAccess, withAccess } from '../../src/image/access.ts';
import type { FormatName } from '../../src/image/frames/codecs.ts';
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
const raw: AccessDescription = { kind: 'raw', path: join(scratch, 'raw'), size: WHOLE.length };
writeFileSync(raw.path, WHOLE);

function framesOf(format: FormatName): FrameAccess {
  const path = join(scratch, format);
  const { bytes, ...file } = sampleFile(format, PIECES, 1);
  writeFileSync(path, Buffer.concat([bytes, Buffer.from('the end, which is not read')]));
  return { kind: 'frames', path, ...file };
}

const zstd = framesOf('zstd');
const ACCESSES: readonly (readonly [string, AccessDescription])[] = [
  ['a raw file', raw],
  ['frames of zstd', zstd],
  ['frames of zstd that are apart', framesOf('zstd-apart')],
  ['frames of gzip', framesOf('gzip')],
];

describe.each(ACCESSES)('the bytes of an image from %s', (_, access) => {
  it('are those of the image, wherever and in whatever order they are read', () => {
    withAccess(access, (open) => {
      expect(open.size).toBe(WHOLE.length);
      const near = fc.constantFrom(0, 99_999, 100_000, 100_001, 400_001, 404_097, WHOLE.length - 2);
      const offset = fc.oneof(fc.nat({ max: WHOLE.length }), near);
      fc.assert(
        fc.property(offset, fc.oneof(fc.nat({ max: 10 }), fc.nat({ max: WHOLE.length })), (from, length) => {
          const bytes = Buffer.alloc(Math.min(length, WHOLE.length - from), 0x55);
          open.read(bytes, from);
          expect(bytes.equals(WHOLE.subarray(from, from + bytes.length))).toBe(true);
        }),
        { numRuns: 300 },
      );
    });
  });

  it('end where the image ends', () => {
    withAccess(access, (open) => {
      for (const [offset, length] of [
        [-1, 1],
        [WHOLE.length, 1],
        [0, WHOLE.length + 1],
        [WHOLE.length - 1, 2],
      ]) {
        expect(() => open.read(Buffer.alloc(length), offset)).toThrow(RangeError);
      }
      open.read(Buffer.alloc(0), WHOLE.length);
    });
  });
});

describe('names the file, and the offset, of', () => {
  it('a damaged frame, and reads the others', () => {
    const path = join(scratch, 'damaged');
    copyFileSync(zstd.path, path);
    const { offset } = zstd.frames[3];
    // Block_Type 3 is reserved (RFC 8878, section 3.1.1.2.2).
    overwrite(path, offset, Buffer.of(0x06));
    withAccess({ ...zstd, path }, (open) => {
      const start = PIECES.slice(0, 3).reduce((sum, piece) => sum + piece.length, 0);
      const bytes = Buffer.alloc(start);
      open.read(bytes, 0);
      expect(bytes.equals(WHOLE.subarray(0, start))).toBe(true);
      expect(() => open.read(Buffer.alloc(1), start)).toThrow(`The zstd frame at byte ${offset} of ${path}`);
      const end = Buffer.alloc(1000);
      open.read(end, WHOLE.length - 1000);
      expect(end.equals(WHOLE.subarray(WHOLE.length - 1000))).toBe(true);
    });
  });

  it.each([raw, zstd])('a file that ends too soon', (access) => {
    const path = join(scratch, `short-${access.kind}`);
    copyFileSync(access.path, path);
    truncateSync(path, 1000);
    withAccess({ ...access, path }, (open) => {
      expect(() => open.read(Buffer.alloc(WHOLE.length), 0)).toThrow(path);
    });
  });

  it('a file that does not exist', () => {
    const path = join(scratch, 'no-such-file');
    const use = (): void => undefined;
    expect(() => withAccess({ ...raw, path }, use)).toThrow(path);
    expect(() => withAccess({ ...zstd, path }, use)).toThrow(path);
  });
});
