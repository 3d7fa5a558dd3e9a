// @module-tag system
/** Single bits flipped in a written image before its verification: every one must be found, wherever it is. */
import { closeSync, mkdirSync, openSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { BLOCK_SIZE } from '../../src/ext4/format/constants.ts';
import { createRandom } from '../ext4/read/support/random.ts';
import { buildPaths } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { flipInOpenFile } from './support/bits.ts';
import { type BlockKind, blockKinds, blocksOfKind } from './support/block-kinds.ts';
import { type Check, type UnverifiedImage, writeUnverified } from './support/in-process.ts';

/** A closure with every kind of file, and a directory with an index. */
function closure(): string {
  const { 'flips-root': root = '' } = buildPaths({
    'flips-library': {
      script: `mkdir -p $out/lib $out/wide $out/empty
        i=0; while [ $i -lt 120 ]; do echo $i > $out/wide/$(printf 'a-rather-long-name-of-an-entry-%020d' $i); i=$((i + 1)); done
        for size in 1 59 60 4095 4096 4097 30000; do head -c $size /dev/zero | tr '\\0' a > $out/lib/$size; done
        printf same > $out/lib/one; printf same > $out/lib/two; chmod +x $out/lib/4097
        ln -s short $out/lib/link; ln -s $(printf '%0100d' 0) $out/lib/long-link`,
    },
    'flips-root': { uses: { library: 'flips-library' }, script: 'mkdir $out; ln -s $library $out/' },
  });
  return root;
}

async function unverified(inputs: Readonly<Record<string, string>>): Promise<UnverifiedImage> {
  const directory = temporaryDirectory();
  const rootFiles = join(directory, 'root-files');
  mkdirSync(join(rootFiles, 'boot'), { recursive: true });
  writeFileSync(join(rootFiles, 'boot/kernel'), Buffer.alloc(10_000, 'kernel'));
  const given = { 'store-paths': closure(), 'root-files': rootFiles, 'free-space': '256KiB', ...inputs };
  const image = await writeUnverified(given, directory);
  onTestFinished(() => image.close());
  expect(image.findFault('audit')).toBeUndefined();
  expect(await image.verify()).toMatchObject({ storePaths: image.closure.length });
  return image;
}

const random = createRandom(Date.now());

interface Flip {
  readonly offset: number;
  readonly bit: number;
  readonly first: Check;
}

/** Flips one bit at a time. Returns the flips that no part of the verification finds. */
async function unseen(image: UnverifiedImage, flips: readonly Flip[]): Promise<readonly string[]> {
  const { path } = image.written.access;
  const file = openSync(path, 'r+');
  const missed: string[] = [];
  try {
    for (const { offset, bit, first } of flips) {
      flipInOpenFile(file, offset, bit);
      // The whole verification is slow because of e2fsck, so it runs only if the other checks find nothing.
      if (image.findFault(first) === undefined && !(await isRefused(image))) {
        missed.push(`bit ${bit} of byte ${offset}`);
      }
      flipInOpenFile(file, offset, bit);
    }
  } finally {
    closeSync(file);
  }
  expect(image.findFault('audit')).toBeUndefined();
  return missed;
}

async function isRefused(image: UnverifiedImage): Promise<boolean> {
  return await image.verify().then(
    () => false,
    () => true,
  );
}

function flipsIn(blocks: readonly number[], count: number, first: Check): readonly Flip[] {
  return Array.from({ length: count }, () => {
    const offset = random.pick(blocks) + random.below(BLOCK_SIZE);
    return { offset, bit: random.below(8), first };
  });
}

const CONTENTS: readonly BlockKind[] = ['data', 'directory', 'symlink'];

describe('a raw image', () => {
  const KINDS: readonly BlockKind[] = [
    ...['superblock', 'descriptors', 'reserved descriptors', 'block bitmap', 'inode bitmap', 'inode table'],
    ...['resize inode', 'journal', 'directory', 'symlink', 'data', 'free'],
  ] as const;

  test('is refused for each of 3,000 flips, anywhere and in every kind of block', async () => {
    const image = await unverified({ compression: 'none' });
    const kinds = blockKinds(image.plan.description.filesystem);
    const flips = KINDS.flatMap((kind) => {
      const blocks = blocksOfKind(kinds, kind);
      expect(blocks.length, kind).toBeGreaterThan(0);
      return flipsIn(blocks, 100, CONTENTS.includes(kind) ? 'contents' : 'audit');
    });
    const used = kinds.flatMap((kind, block) => (kind === 'free' || kind === 'journal' ? [] : [block * BLOCK_SIZE]));
    const anywhere = kinds.map((_, block) => block * BLOCK_SIZE);
    flips.push(...flipsIn(used, 1200, 'contents'), ...flipsIn(anywhere, 600, 'audit'));
    expect(flips).toHaveLength(3000);
    expect(await unseen(image, flips)).toEqual([]);
  });

  test.each([-1, 1])('is refused if its size changes by %i', async (more) => {
    const image = await unverified({ compression: 'none' });
    const { path } = image.written.access;
    const { size } = statSync(path);
    truncateSync(path, size + more);
    await expect(image.verify()).rejects.toMatchObject({
      title: 'The image failed verification',
      message: `${path} changed after it was written: it had ${size} bytes and now has ${size + more}.`,
      remedy: expect.stringContaining('the disk or the memory'),
    });
  });

  test('of several groups is refused for flips in the backups, which e2fsck does not read', async () => {
    const image = await unverified({ compression: 'none', 'free-space': '130MiB' });
    const kinds = blockKinds(image.plan.description.filesystem);
    for (const kind of ['backup superblock', 'backup descriptors', 'backup reserved descriptors'] as const) {
      const blocks = blocksOfKind(kinds, kind);
      expect(blocks.length, kind).toBeGreaterThan(0);
      expect(await unseen(image, flipsIn(blocks, 40, 'audit'))).toEqual([]);
    }
  });

  test('with a file of many extents is refused for flips in its extent tree', async () => {
    const { 'flips-large': large = '' } = buildPaths({ 'flips-large': { script: 'truncate -s 540M $out' } });
    const image = await unverified({ compression: 'none', 'store-paths': large });
    const blocks = blocksOfKind(blockKinds(image.plan.description.filesystem), 'extent tree');
    expect(blocks.length).toBeGreaterThan(0);
    expect(await unseen(image, flipsIn(blocks, 40, 'audit'))).toEqual([]);
  });

  test('fails the whole verification for a flip in every kind of block, as a damaged image', async () => {
    const image = await unverified({ compression: 'none' });
    const kinds = blockKinds(image.plan.description.filesystem);
    const file = openSync(image.written.access.path, 'r+');
    onTestFinished(() => closeSync(file));
    for (const kind of KINDS) {
      const [{ offset, bit } = { offset: 0, bit: 0 }] = flipsIn(blocksOfKind(kinds, kind), 1, 'audit');
      flipInOpenFile(file, offset, bit);
      await expect(image.verify(), kind).rejects.toMatchObject({
        title: 'The image failed verification',
        code: 'IMAGE_MISMATCH',
        remedy: expect.stringContaining('the disk or the memory of this machine'),
      });
      flipInOpenFile(file, offset, bit);
    }
    expect(await image.verify()).toMatchObject({ storePaths: 2 });
  });
});

describe('an SD card', () => {
  test('is refused for each flip, also outside its filesystem', async () => {
    const directory = temporaryDirectory();
    const firmware = join(directory, 'firmware');
    mkdirSync(join(firmware, 'overlays'), { recursive: true });
    for (const name of ['bootcode.bin', 'config.txt', 'overlays/a long name.dtbo']) {
      writeFileSync(join(firmware, name), Buffer.alloc(3000, name));
    }
    const boot = join(directory, 'u-boot.bin');
    writeFileSync(boot, Buffer.alloc(100_001, 'u-boot'));
    const image = await unverified({
      compression: 'none',
      format: 'sd-card',
      'firmware-files': firmware,
      'firmware-offset': '1MiB',
      'firmware-size': '9MiB',
      bootloader: `${boot}@8KiB`,
    });
    const { card } = image.plan.description;
    const end = card?.layout.filesystem.offset ?? 0;
    expect(end).toBeGreaterThan(2 * 2 ** 20);
    const around = Array.from({ length: end / BLOCK_SIZE }, (_, block) => block * BLOCK_SIZE);
    const table: readonly Flip[] = Array.from({ length: 512 }, (_, offset) => ({
      offset,
      bit: random.below(8),
      first: 'card',
    }));
    const fat = card?.layout.firmware?.offset ?? 0;
    const structures = Array.from({ length: 16 }, (_, block) => fat + block * BLOCK_SIZE);
    const flips = [...table, ...flipsIn(around, 400, 'card'), ...flipsIn(structures, 300, 'card')];
    expect(await unseen(image, flips)).toEqual([]);
  });

  test('with a GPT is refused for each flip in either copy of the table', async () => {
    const directory = temporaryDirectory();
    const boot = join(directory, 'spl.bin');
    writeFileSync(boot, Buffer.alloc(100_001, 'spl'));
    const image = await unverified({
      compression: 'none',
      format: 'sd-card',
      'partition-table': 'gpt',
      'firmware-offset': '1MiB',
      bootloader: `${boot}@512KiB:2e54b353-1271-4842-806f-e436d6af6985`,
    });
    const end = image.plan.size;
    const [entries, header] = [32 * 512, 512];
    const bytes = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);
    const some = (first: number, length: number) => Array.from({ length: 50 }, () => first + random.below(length));
    const copyAt = (entriesAt: number, headerAt: number) => [
      ...bytes(entriesAt, 2 * 128),
      ...some(entriesAt, entries),
      ...bytes(headerAt, 92),
      ...some(headerAt, header),
    ];
    const offsets = [
      ...some(0, 440),
      ...bytes(440, 72),
      ...copyAt(1024, 512),
      ...copyAt(end - header - entries, end - header),
    ];
    const flips = offsets.map((offset): Flip => ({ offset, bit: random.below(8), first: 'card' }));
    expect(await unseen(image, flips)).toEqual([]);
  });
});

describe('a compressed image', () => {
  test.each(['zstd', 'gzip', 'xz'])(
    'of %s is refused for each flip, also where it changes no contents',
    async (compression) => {
      const image = await unverified({ compression });
      const { access } = image.written;
      if (access.kind !== 'frames') {
        throw new Error('The image has no frames.');
      }
      const { size } = statSync(access.path);
      const head = Array.from(access.head, (_, i) => i);
      const tail = Array.from(access.tail, (_, i) => size - 1 - i);
      const inFrames = access.frames.flatMap(({ offset, compressedBytes }) =>
        Array.from({ length: Math.min(24, compressedBytes) }, (_, i) => [offset + i, offset + compressedBytes - 1 - i]),
      );
      const anywhere = Array.from({ length: 40 }, () => random.below(size));
      const flips = [...head, ...inFrames.flat(), ...tail, ...anywhere].map(
        (offset): Flip => ({ offset, bit: random.below(8), first: 'file' }),
      );
      expect(flips.length).toBeGreaterThan(100);
      expect(await unseen(image, flips)).toEqual([]);
    },
  );

  test('fails the whole verification for a flip that no tool reports', async () => {
    const image = await unverified({ compression: 'gzip' });
    const file = openSync(image.written.access.path, 'r+');
    onTestFinished(() => closeSync(file));
    // The time in the header of a gzip member (RFC 1952, section 2.3): the contents are the same.
    flipInOpenFile(file, 4, 0);
    await expect(image.verify()).rejects.toMatchObject({
      message: expect.stringMatching(/changed after it was written: it no longer consists of the \d+ gzip frames/),
      title: 'The image failed verification',
    });
  });
});
