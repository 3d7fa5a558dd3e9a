import fc from 'fast-check';
import { expect, it } from 'vitest';
import { composeSources, type Part } from '../../src/bytes/compose.ts';
import type { ImageSource } from '../../src/bytes/source.ts';

/** Bytes of one value and zeros: of each ten, the first five are data. */
function source(size: number, value: number): ImageSource {
  const at = (offset: number): number => (offset % 10 < 5 ? value : 0);
  return {
    size,
    read(target, offset) {
      if (offset < 0 || offset + target.length > size) {
        throw new RangeError('outside of the part');
      }
      for (let i = 0; i < target.length; i++) {
        target[i] = at(offset + i);
      }
    },
    *dataRanges({ offset, length }) {
      for (let i = offset; i < offset + length; i++) {
        if (at(i) !== 0) {
          yield { offset: i, length: 1 };
        }
      }
    },
  };
}

const layouts = fc
  .array(fc.tuple(fc.nat(40), fc.nat(60)), { maxLength: 6 })
  .chain((pieces) => fc.nat(40).map((tail) => ({ pieces, tail })))
  .map(({ pieces, tail }) => {
    let end = 0;
    const parts: Part[] = pieces.map(([gap, size], i) => {
      const offset = end + gap;
      end = offset + size;
      return { offset, source: source(size, i + 1) };
    });
    return { parts, size: end + tail };
  });

function whole(size: number, parts: readonly Part[]): Buffer {
  const bytes = Buffer.alloc(size);
  for (const { offset, source } of parts) {
    source.read(bytes.subarray(offset, offset + source.size), 0);
  }
  return bytes;
}

it('reads any range of its parts and the zeros between them', () => {
  fc.assert(
    fc.property(layouts, fc.nat(500), fc.nat(500), ({ parts, size }, a, b) => {
      const from = Math.min(a, b, size);
      const to = Math.min(Math.max(a, b), size);
      const target = Buffer.alloc(to - from, 0xaa);
      composeSources(size, parts).read(target, from);
      expect(target.toString('hex')).toBe(whole(size, parts).subarray(from, to).toString('hex'));
    }),
  );
});

it('has the data ranges of its parts, within the given range', () => {
  fc.assert(
    fc.property(layouts, fc.nat(500), fc.nat(500), ({ parts, size }, a, b) => {
      const from = Math.min(a, b, size);
      const to = Math.min(Math.max(a, b), size);
      const expected = [...whole(size, parts)].flatMap((byte, i) => (byte !== 0 && i >= from && i < to ? [i] : []));
      const ranges = [...composeSources(size, parts).dataRanges({ offset: from, length: to - from })];
      expect(ranges.flatMap(({ offset, length }) => Array.from({ length }, (_, i) => offset + i))).toEqual(expected);
    }),
  );
});

it('refuses parts that overlap, are not in order or do not fit, and reads outside the image', () => {
  const parts = [
    { offset: 10, source: source(10, 1) },
    { offset: 20, source: source(10, 2) },
  ];
  expect(() => composeSources(30, parts.toReversed())).toThrow(
    'The part at byte 10 begins before the end of the previous part, byte 30.',
  );
  expect(() => composeSources(29, parts)).toThrow('The last part ends at byte 30, but the image has 29 bytes.');
  expect(() => composeSources(30, parts).read(Buffer.alloc(2), 29)).toThrow(RangeError);
  expect(() => composeSources(30, parts).read(Buffer.alloc(2), -1)).toThrow(RangeError);
});
