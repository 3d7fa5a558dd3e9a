// @module-tag system
import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ImageSource } from '../../src/bytes/source.ts';
import { foldCase } from '../../src/fat/names.ts';
import { openFat } from '../../src/fat/read.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { MACHINE_TIMEOUT } from '../support/vm/machine.ts';
import { readWithKernel } from './support/kernel-vfat.ts';
import { checkWithFsck, copyWithMtools, filesBelow, listWithMtools } from './support/tools.ts';
import { allPaths, bytesOf, type Files, MIB, type Volume, volumeOf, writeSource } from './support/volume.ts';

const directory = temporaryDirectory();

const CHARACTERS = [...'aAbB019', ..."._-~+,;=[]!#$%&()@^`{}'", ' ', 'é', 'Ü', 'ß', 'ж', '語', '\u0301', '\u007f'];
const isValidName = (name: string): boolean => !/[. ]$/.test(name);

/** Trees of up to 40 files in up to three levels of directories, with names of all kinds that FAT can store. */
function trees(characters: readonly string[]): fc.Arbitrary<Files> {
  const short = fc.string({ unit: fc.constantFrom(...characters), minLength: 1, maxLength: 14 });
  const long = fc.string({ unit: fc.constantFrom(...characters), minLength: 20, maxLength: 120 });
  const name = fc.oneof({ weight: 5, arbitrary: short }, { weight: 1, arbitrary: long }).filter(isValidName);
  const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => names.join('/'));
  const size = fc.oneof(fc.constantFrom(0, 1, 2047, 2048, 2049), fc.nat(100_000));
  const contents = fc.tuple(size, fc.nat(1000)).map(([length, seed]) => bytesOf(length, seed));
  const file = fc.tuple(
    path,
    fc.oneof({ weight: 6, arbitrary: contents }, { weight: 1, arbitrary: fc.constant('directory' as const) }),
  );
  return fc.array(file, { maxLength: 40 }).map(withoutClashes);
}

/** Removes paths that differ from another one in case only, and files at paths of directories. */
function withoutClashes(files: readonly (readonly [string, Uint8Array | 'directory'])[]): Files {
  const spelled = new Map<string, string>();
  const isFile = new Set<string>();
  const kept: [string, Uint8Array | 'directory'][] = [];
  for (const [path, data] of files) {
    const above = path.split('/').map((_, i, names) => names.slice(0, i + 1).join('/'));
    const clashes = above.some((one) => (spelled.get(foldCase(one)) ?? one) !== one || isFile.has(one));
    if (clashes || (data !== 'directory' && spelled.has(foldCase(path)))) {
      continue;
    }
    for (const one of above) {
      spelled.set(foldCase(one), one);
    }
    if (data !== 'directory') {
      isFile.add(path);
    }
    kept.push([path, data]);
  }
  return Object.fromEntries(kept);
}

const SIZES = fc.constantFrom(9 * MIB, 30 * MIB, 300 * MIB, 512 * MIB);

it('is read by fsck.vfat, mtools and the reader, with any files', async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(trees(CHARACTERS), SIZES, async (files, size) => {
      const { source } = volumeOf(files, { size });
      const image = join(directory, `image-${run++}`);
      writeSource(source, image);
      await checkWithFsck(image);
      // mdir reports that an empty root directory is not found.
      if (allPaths(files).length > 0) {
        expect(await listWithMtools(image)).toEqual(allPaths(files));
        await copyWithMtools(image, `${image}.copy`);
        expect(summary(filesBelow(`${image}.copy`))).toEqual(summary(files));
      }
      expect(summary(read(source))).toEqual(summary(files));
      rmSync(image);
      rmSync(`${image}.copy`, { recursive: true, force: true });
    }),
    { numRuns: 40, seed: 1 },
  );
});

it(
  'is read by the kernel, with characters that take two UTF-16 units too',
  async () => {
    // One virtual machine for all.
    const samples = fc.sample(fc.tuple(trees([...CHARACTERS, '🍓', '𝔘']), SIZES), { numRuns: 8, seed: 2 });
    const images: string[] = [];
    for (const [i, [files, size]] of samples.entries()) {
      const image = join(directory, `kernel-image-${i}`);
      writeSource(volumeOf(files, { size }).source, image);
      await checkWithFsck(image);
      images.push(image);
    }
    const volumes = await readWithKernel(images, join(directory, 'kernel'));
    expect(volumes.map(({ complaints }) => complaints)).toEqual(samples.map(() => []));
    expect(volumes.map(({ files }) => summary(files))).toEqual(samples.map(([files]) => summary(files)));
  },
  MACHINE_TIMEOUT,
);

it('has the same bytes in pieces of any size, and zeros outside its data ranges', () => {
  fc.assert(
    fc.property(
      trees(CHARACTERS),
      fc.constantFrom(9 * MIB, 30 * MIB),
      fc.infiniteStream(fc.nat(200_000)),
      (files, size, steps) => {
        const { source } = volumeOf(files, { size });
        const whole = Buffer.alloc(size, 0xaa);
        source.read(whole, 0);
        const pieces = Buffer.alloc(size, 0xaa);
        for (let at = 0; at < size; ) {
          const step = Math.min(size - at, 1 + (steps.next().value ?? 0));
          source.read(pieces.subarray(at, at + step), at);
          at += step;
        }
        expect(pieces.equals(whole)).toBe(true);
        const data = Buffer.alloc(size);
        for (let at = 0; at < size; at += 777_777) {
          for (const { offset, length } of source.dataRanges({ offset: at, length: Math.min(777_777, size - at) })) {
            expect(offset).toBeGreaterThanOrEqual(at);
            source.read(data.subarray(offset, offset + length), offset);
          }
        }
        expect(data.equals(whole)).toBe(true);
        for (const { offset, length } of source.dataRanges({ offset: 0, length: size })) {
          expect([offset % 512, length % 512]).toEqual([0, 0]);
        }
        expect(() => source.read(Buffer.alloc(2), size - 1)).toThrow(RangeError);
      },
    ),
    { numRuns: 20, seed: 3 },
  );
});

it('depends on the files only, not on their order', () => {
  fc.assert(
    fc.property(trees(CHARACTERS), (files) => {
      const turned = Object.fromEntries(Object.entries(files).toReversed());
      expect(digest(volumeOf(turned, { size: 9 * MIB }))).toBe(digest(volumeOf(files, { size: 9 * MIB })));
    }),
    { numRuns: 20, seed: 4 },
  );
});

function digest({ source }: Volume): string {
  const bytes = Buffer.alloc(source.size);
  source.read(bytes, 0);
  return createHash('sha256').update(bytes).digest('hex');
}

function read(source: ImageSource): Files {
  const volume = openFat(source);
  const files = volume.entries.slice(1).map(({ kind, path, size }, i) => {
    const bytes = Buffer.alloc(size);
    volume.read(i + 1, 0, bytes);
    return [path, kind === 'directory' ? kind : bytes] as const;
  });
  return Object.fromEntries(files);
}

function summary(files: Files): Readonly<Record<string, string>> {
  const whole = Object.fromEntries(allPaths(files).map((path) => [path, 'directory']));
  for (const [path, data] of Object.entries(files)) {
    whole[path] = data === 'directory' ? data : createHash('sha256').update(data).digest('hex');
  }
  return whole;
}
