// @module-tag system
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CODECS, type CodecName, decompressFrame } from '../../src/image/frames/codecs.ts';
import { allOf, mostlyZero, pattern } from '../support/image-contents.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

/** Each kind of frame has a tool of its name that compresses and decompresses. */
const TOOLS: readonly CodecName[] = ['zstd', 'gzip', 'xz'];

const SAMPLES: readonly (readonly [string, Buffer])[] = [
  ['nothing', Buffer.alloc(0)],
  ['a byte', Buffer.from('x')],
  ['zeros', Buffer.alloc(3_000_000)],
  ['incompressible bytes', allOf(pattern(65_000))],
  ['some of each', Buffer.concat([allOf(pattern(200_000, 3)), Buffer.alloc(1_000_000), allOf(mostlyZero(100_000))])],
];

describe.each(TOOLS)('a frame of %s', (codec) => {
  const compress = (bytes: Uint8Array, level = CODECS[codec].levels.default): Uint8Array =>
    CODECS[codec].compress(bytes, level);
  const frameOf = (compressed: Uint8Array, length: number) => ({
    offset: 0,
    compressedBytes: compressed.length,
    uncompressedBytes: length,
  });
  const decompress = (compressed: Uint8Array, length: number): Buffer =>
    decompressFrame(codec, compressed, frameOf(compressed, length), '/the/file');

  it.each(SAMPLES)('is decompressed by the tool: %s', async (_, bytes) => {
    const { stdout } = await runTool(codec, ['--decompress', '--stdout'], { stdin: compress(bytes) });
    expect(stdout.equals(bytes)).toBe(true);
    await runTool(codec, ['--test', '--quiet'], { stdin: compress(bytes) });
  });

  it.each(SAMPLES)('of the tool is decompressed: %s', async (_, bytes) => {
    const { stdout } = await runTool(codec, ['--stdout'], { stdin: bytes });
    expect(decompress(stdout, bytes.length).equals(bytes)).toBe(true);
  });

  it('can follow another one, and the tool decompresses both', async () => {
    const stdin = Buffer.concat([compress(Buffer.from('one, ')), compress(Buffer.from('two'))]);
    const { stdout } = await runTool(codec, ['--decompress', '--stdout'], { stdin });
    expect(stdout.toString()).toBe('one, two');
  });

  it('is the same each time, and differs between levels', () => {
    const bytes = Buffer.from(Array.from({ length: 20_000 }, (_, i) => `${(i * i) % 997} `).join(''));
    expect(compress(bytes)).toEqual(compress(bytes));
    expect(compress(bytes, 1)).not.toEqual(compress(bytes, 5));
    expect(decompress(compress(bytes, 5), bytes.length).equals(bytes)).toBe(true);
  });

  it('decompresses to the bytes that were compressed', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 10_000, size: 'max' }), (bytes) => {
        expect(decompress(compress(bytes), bytes.length).equals(bytes)).toBe(true);
      }),
      { numRuns: codec === 'xz' ? 10 : 100 },
    );
  });

  it('is refused with its offset, file and cause if a byte of it is changed or missing', () => {
    const bytes = allOf(pattern(20_000));
    const good = compress(bytes);
    const places = Array.from({ length: 12 }, (_, i) => Math.floor((good.length * i) / 12));
    const refusals = places.map((at) => {
      const bad = Uint8Array.from(good, (byte, i) => (i === at ? byte ^ 0x10 : byte));
      try {
        const found = decompress(bad, bytes.length);
        // Some bytes of a gzip header have no meaning for a reader.
        expect(found.equals(bytes)).toBe(true);
        return 0;
      } catch (error) {
        expect(error).toMatchObject({ message: expect.stringContaining(`The ${codec} frame at byte 0 of /the/file`) });
        return 1;
      }
    });
    expect(refusals.filter((refused) => refused === 0).length).toBeLessThanOrEqual(1);
    const missing = (): unknown => decompress(good.subarray(0, good.length - 1), bytes.length);
    expect(missing).toThrow(/damaged/);
    expect(missing).toThrow(expect.objectContaining({ cause: expect.any(Error) }));
    expect(() => decompress(good, bytes.length - 1)).toThrow(/\/the\/file/);
    expect(() => decompress(good, bytes.length + 1)).toThrow(/holds 20000 bytes; 20001 were expected/);
  });
});

it('frames have a checksum of their contents', async () => {
  const bytes = allOf(pattern(10_000));
  const listed = async (codec: CodecName, args: readonly string[]): Promise<string> => {
    const path = join(scratch, `listed.${codec === 'zstd' ? 'zst' : codec}`);
    writeFileSync(path, CODECS[codec].compress(bytes, 3));
    return (await runTool(codec, [...args, path])).stdout.toString();
  };
  expect(await listed('zstd', ['--list', '--verbose'])).toMatch(/Check: XXH64/);
  expect(await listed('xz', ['--list'])).toMatch(/CRC64/);
});
