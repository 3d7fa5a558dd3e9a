// @module-tag system
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constants, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CodecName, decompressFrame, FORMATS, type FormatName } from '../../src/image/frames/codecs.ts';
import { keepsContract } from '../../src/image/frames/zstd.ts';
import { UNSIZED_HEADER_BYTES, unmarkLastBlock } from '../../src/image/frames/zstd-blocks.ts';
import { allOf, mostlyZero, pattern } from '../support/image-contents.ts';
import { compressFrame, sampleFile } from '../support/image-frames.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

/** Each format has a tool that decompresses. */
const TOOLS: readonly (readonly [FormatName, CodecName])[] = [
  ['zstd', 'zstd'],
  ['zstd-apart', 'zstd'],
  ['gzip', 'gzip'],
  ['xz', 'xz'],
];

const SAMPLES: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['a byte', Buffer.from('x')],
  ['zeros', Buffer.alloc(3_000_000)],
  ['incompressible bytes', allOf(pattern(65_000))],
  ['some of each', Buffer.concat([allOf(pattern(200_000, 3)), Buffer.alloc(1_000_000), allOf(mostlyZero(100_000))])],
];

describe.each(TOOLS)('a file of %s', (format, tool) => {
  const { default: level } = FORMATS[format].levels;
  const frameOf = (compressed: Uint8Array, length: number) => ({
    offset: 0,
    compressedBytes: compressed.length,
    uncompressedBytes: length,
  });
  const decompress = (compressed: Uint8Array, length: number): Buffer =>
    decompressFrame(format, compressed, frameOf(compressed, length), '/the/file');

  it.each(SAMPLES)('with one frame is decompressed by the tool: %s', async (_, bytes) => {
    const file = sampleFile(format, [bytes], level).bytes;
    const { stdout } = await runTool(tool, ['--decompress', '--stdout'], { stdin: file });
    expect(stdout.equals(bytes)).toBe(true);
    await runTool(tool, ['--test', '--quiet'], { stdin: file });
  });

  it('with many frames is decompressed by the tool, and each frame by itself', async () => {
    const pieces = SAMPLES.map(([, bytes]) => bytes).filter(({ length }) => length > 0);
    const file = sampleFile(format, [...pieces, ...pieces], level);
    const { stdout } = await runTool(tool, ['--decompress', '--stdout'], { stdin: file.bytes, outputLimit: 2 ** 26 });
    expect(stdout.equals(Buffer.concat([...pieces, ...pieces]))).toBe(true);
    for (const [i, piece] of pieces.entries()) {
      const { offset, compressedBytes } = file.frames[i] ?? frameOf(piece, 0);
      expect(decompress(file.bytes.subarray(offset, offset + compressedBytes), piece.length).equals(piece)).toBe(true);
    }
  });

  it('is the same each time, and differs between levels', () => {
    const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${(i * i) % 997} `).join(''));
    expect(compressFrame(format, bytes, level)).toEqual(compressFrame(format, bytes, level));
    expect(compressFrame(format, bytes, 1)).not.toEqual(compressFrame(format, bytes, 5));
    expect(decompress(compressFrame(format, bytes, 5), bytes.length).equals(bytes)).toBe(true);
  });

  it('has frames that decompress to the bytes that were compressed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000, size: 'max' }), (bytes) => {
        expect(decompress(compressFrame(format, bytes, level), bytes.length).equals(bytes)).toBe(true);
      }),
      { numRuns: format === 'xz' ? 10 : 50 },
    );
  });

  it('has frames that are refused with their offset, file and cause if they are damaged', () => {
    const bytes = allOf(pattern(20_000));
    const good = compressFrame(format, bytes, level);
    const refused = expect.objectContaining({ cause: expect.any(Error) });
    // Node.js ignores what follows a whole zstd frame.
    const longer = format === 'zstd-apart' ? [] : [Buffer.concat([good, Buffer.of(0x77)])];
    for (const bad of [good.subarray(0, good.length - 1), good.subarray(1), ...longer]) {
      const attempt = (): unknown => decompress(bad, bytes.length);
      expect(attempt).toThrow(/damaged/);
      expect(attempt).toThrow(`The ${format} frame at byte 0 of /the/file`);
      expect(attempt).toThrow(refused);
    }
    expect(() => decompress(good, bytes.length - 1)).toThrow(/\/the\/file/);
    expect(() => decompress(good, bytes.length + 1)).toThrow(
      // zstd itself compares the size with that of its header.
      format === 'zstd' ? /cannot be decompressed to 20001 bytes/ : /holds 20000 bytes; 20001 were expected/,
    );
  });
});

describe('a zstd frame', () => {
  it.each([1, 3, 9, 19, 20, 22])('of level %i can be anywhere in a file', (level) => {
    expect(keepsContract(level)).toBe(true);
  });

  it('that needs the repeat offsets of the start of a file does not decompress to its contents', () => {
    // A run, which zstd encodes with the repeat offset of 1 that a file starts with.
    const contents = Buffer.concat([Buffer.from('abcd'), Buffer.alloc(300, 'e'), Buffer.from('the end of it')]);
    const params = { [constants.ZSTD_c_contentSizeFlag]: 0 };
    const blocks = zstdCompressSync(contents, { params }).subarray(UNSIZED_HEADER_BYTES);
    unmarkLastBlock(blocks);
    const frame = { offset: 0, compressedBytes: blocks.length, uncompressedBytes: contents.length };
    const found = ((): Buffer | undefined => {
      try {
        return decompressFrame('zstd', blocks, frame, '/the/file');
      } catch {
        return undefined;
      }
    })();
    expect(found?.equals(contents)).not.toBe(true);
    expect(decompressFrame('zstd', compressFrame('zstd', contents, 3), frame, '/the/file').equals(contents)).toBe(true);
  });

  it('that is marked as the last one is refused', () => {
    const contents = allOf(pattern(1000));
    const params = { [constants.ZSTD_c_contentSizeFlag]: 0 };
    const blocks = zstdCompressSync(contents, { params }).subarray(UNSIZED_HEADER_BYTES);
    expect(() => FORMATS.zstd.decompress(blocks, contents.length)).toThrow('Data corruption detected');
  });
});

describe('the file as a whole', () => {
  const pieces = [allOf(pattern(300_000)), Buffer.alloc(1_000_000), allOf(mostlyZero(500_001))];
  const size = 1_800_001;

  async function listed(format: CodecName, suffix: string, args: readonly string[]): Promise<string> {
    const path = join(scratch, `listed.${suffix}`);
    writeFileSync(path, sampleFile(format, pieces, 3).bytes);
    return (await runTool(format, [...args, path])).stdout.toString();
  }

  it('is one zstd frame that states the size', async () => {
    const text = await listed('zstd', 'zst', ['--list', '--verbose']);
    expect(text).toMatch(/# Zstandard Frames: 1\n/);
    expect(text).toMatch(/Window Size: .*\(2097152 B\)/);
    expect(text).toMatch(new RegExp(`Decompressed Size: .*\\(${size} B\\)`));
  });

  it('is one gzip member that states the size', async () => {
    expect(await listed('gzip', 'gz', ['--list'])).toMatch(new RegExp(`\\s${size}\\s`));
  });

  it('is one xz stream of a block for each frame, with a checksum of each', async () => {
    const text = await listed('xz', 'xz', ['--list', '--robot']);
    expect(text).toMatch(new RegExp(`^totals\\t1\\t3\\t\\d+\\t${size}\\t.*\\tCRC64\\t`, 'm'));
  });

  it('of the highest level of zstd needs a window of 8 MiB', async () => {
    const level = FORMATS.zstd.levels.most;
    const { bytes } = sampleFile('zstd', [allOf(pattern(100_000))], level);
    await runTool('zstd', ['--test', '--quiet', '-M8MB'], { stdin: bytes });
  });
});
