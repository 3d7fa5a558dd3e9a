import { appendFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../../src/image/frames/codec.ts';
import { CODECS } from '../../src/image/frames/codecs.ts';
import { decodeSeekTable, encodeSeekTable, readSeekTable } from '../../src/image/frames/seek-table.ts';
import { anyShare } from '../support/image-random.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

const frameList = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 0xffffffff }), fc.integer({ min: 0, max: 0xffffffff })), { maxLength: 50 })
  .map((sizes): readonly Frame[] => {
    let offset = 0;
    return sizes.map(([compressedBytes, uncompressedBytes]) => {
      const frame = { offset, compressedBytes, uncompressedBytes };
      offset += compressedBytes;
      return frame;
    });
  });
const endOf = (frames: readonly Frame[]): number => frames.reduce((end, frame) => end + frame.compressedBytes, 0);

describe('a seek table', () => {
  it('has the bytes that the format specifies', () => {
    const frames = [
      { offset: 0, compressedBytes: 0x0102, uncompressedBytes: 0x01000000 },
      { offset: 0x0102, compressedBytes: 0x03, uncompressedBytes: 0x0a },
    ];
    const expected = [
      // The head of a skippable frame: its magic number, and how many bytes follow.
      '5e2a4d18 19000000',
      '02010000 00000001',
      '03000000 0a000000',
      // How many frames, a descriptor without checksums, the magic number of the format.
      '02000000 00 b1ea928f',
    ];
    expect(encodeSeekTable(frames).toString('hex')).toBe(expected.join('').replaceAll(' ', ''));
  });

  it('is decoded to what was encoded, alone or after other bytes', () => {
    fc.assert(
      fc.property(frameList, fc.uint8Array({ maxLength: 30 }), (frames, before) => {
        const table = encodeSeekTable(frames);
        const fileBytes = endOf(frames) + table.length;
        expect(decodeSeekTable(table, fileBytes)).toEqual(frames);
        expect(decodeSeekTable(Buffer.concat([before, table]), fileBytes)).toEqual(frames);
      }),
    );
  });

  it('is skipped by zstd, which lists it as a skippable frame', { tags: ['system'] }, async () => {
    const contents = ['one, ', 'two, ', 'three'].map((text) => Buffer.from(text));
    const compressed = contents.map((bytes) => CODECS.zstd.compress(bytes, 3));
    let offset = 0;
    const frames = compressed.map((bytes, i) => {
      const frame = { offset, compressedBytes: bytes.length, uncompressedBytes: contents[i].length };
      offset += bytes.length;
      return frame;
    });
    const path = join(scratch, 'file.zst');
    writeFileSync(path, Buffer.concat([...compressed, encodeSeekTable(frames)]));
    await runTool('zstd', ['--test', '--quiet', path]);
    expect((await runTool('zstd', ['--decompress', '--stdout', path])).stdout.toString()).toBe('one, two, three');
    expect((await runTool('zstd', ['--list', '--verbose', path])).stdout.toString()).toMatch(/# Skippable Frames: 1/);
    expect(readSeekTable(path)).toEqual(frames);
  });

  it('is refused if any bit of it is changed, except in the sizes of contents, which are those of the frames', () => {
    fc.assert(
      fc.property(frameList, anyShare, fc.nat({ max: 7 }), (frames, place, bit) => {
        const table = encodeSeekTable(frames);
        const at = Math.floor(place * table.length);
        table[at] ^= 1 << bit;
        const inEntry = at >= 8 && at < 8 + 8 * frames.length;
        const decode = (): readonly Frame[] => decodeSeekTable(table, endOf(frames) + table.length);
        if (inEntry && (at - 8) % 8 >= 4) {
          expect(decode().map(({ offset }) => offset)).toEqual(frames.map(({ offset }) => offset));
        } else {
          expect(decode).toThrow();
        }
      }),
      { numRuns: 500 },
    );
  });

  it('is refused if there are missing or extra bytes, in it or before it', () => {
    fc.assert(
      fc.property(frameList, fc.integer({ min: 1, max: 40 }), (frames, count) => {
        const table = encodeSeekTable(frames);
        const fileBytes = endOf(frames) + table.length;
        expect(() => decodeSeekTable(table.subarray(0, table.length - count), fileBytes - count)).toThrow();
        expect(() => decodeSeekTable(Buffer.concat([table, Buffer.alloc(count)]), fileBytes + count)).toThrow();
        expect(() => decodeSeekTable(table, fileBytes + count)).toThrow(/end at byte/);
        expect(() => decodeSeekTable(table, fileBytes - count)).toThrow();
      }),
    );
  });

  it('with a count of frames that is too large for the file is refused before it is read', () => {
    const table = encodeSeekTable([{ offset: 0, compressedBytes: 100, uncompressedBytes: 100 }]);
    table.writeUInt32LE(0xffffffff, table.length - 9);
    const path = join(scratch, 'damaged-count');
    writeFileSync(path, '');
    // Sparse, and more than one call can read.
    truncateSync(path, 5 * 2 ** 30);
    appendFileSync(path, table);
    expect(() => readSeekTable(path)).toThrow('4294967295 frames, which does not fit');
  });

  it('is not found in a file without one, however short, nor in random bytes', () => {
    for (const contents of ['', 'short', 'nine byte', 'long enough to hold a table']) {
      const path = join(scratch, 'no-table');
      writeFileSync(path, contents);
      expect(() => readSeekTable(path)).toThrow('no zstd seek table');
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(() => decodeSeekTable(Buffer.from(bytes), bytes.length)).toThrow('no zstd seek table');
      }),
    );
  });
});
