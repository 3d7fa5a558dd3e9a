// @module-tag system
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { compressionOf, writeCard } from '../../../src/boot/card/write.ts';
import { runTool } from '../../support/run-tool.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';

const directory = temporaryDirectory();
const MIB = 1024 * 1024;
const image = join(directory, 'image');

/** Data, a hole that does not begin at a block, and data to a size that is no multiple of a block. */
const CONTENTS = Buffer.concat([
  Buffer.alloc(5000, 'data'),
  Buffer.alloc(8 * MIB),
  Buffer.alloc(70_001, 'more'),
  Buffer.alloc(3000),
]);

function write(path: string, size = 16 * MIB): Promise<number> {
  return writeCard(path, join(directory, 'card'), {
    size,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
}

beforeAll(async () => {
  mkdirSync(directory, { recursive: true });
  writeFileSync(image, CONTENTS);
  // Two frames or members each, as this project writes them.
  await runTool('sh', [
    '-c',
    'for tool in zstd gzip xz; do { head -c 4096 "$1" | $tool -c; tail -c +4097 "$1" | $tool -c; } > "$1.$tool"; done',
    'sh',
    image,
  ]);
});

describe('writeCard', () => {
  it.each(['none', 'zstd', 'gzip', 'xz'] as const)('unpacks %s, and leaves holes', async (compression) => {
    const path = compression === 'none' ? image : `${image}.${compression}`;
    expect(compressionOf(path)).toBe(compression);
    expect(await write(path)).toBe(CONTENTS.length);
    const card = readFileSync(join(directory, 'card'));
    expect(card.length).toBe(16 * MIB);
    expect(card.subarray(0, CONTENTS.length).equals(CONTENTS)).toBe(true);
    expect(card.subarray(CONTENTS.length).every((byte) => byte === 0)).toBe(true);
    expect(statSync(join(directory, 'card')).blocks * 512).toBeLessThan(MIB);
  });

  it('refuses an image that is larger than the card, and one that is empty', async () => {
    await expect(write(image, MIB)).rejects.toMatchObject({ title: 'Invalid input card-size' });
    const empty = join(directory, 'empty');
    writeFileSync(empty, '');
    await expect(write(empty)).rejects.toMatchObject({ title: 'The image is empty' });
  });

  it.each(['zstd', 'gzip', 'xz'])('refuses an image in %s that is cut off', async (compression) => {
    const whole = readFileSync(`${image}.${compression}`);
    const cut = join(directory, `cut.${compression}`);
    writeFileSync(cut, whole.subarray(0, whole.length - 6));
    await expect(write(cut)).rejects.toMatchObject({ title: 'The image cannot be unpacked' });
  });
});
