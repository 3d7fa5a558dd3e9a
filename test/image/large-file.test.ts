// @module-tag system
import { closeSync, ftruncateSync, mkdirSync, openSync, readSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { writeImage } from '../../src/image/write.ts';
import { buildImage, withPool } from '../support/image-build.ts';
import { faultsOf, withFile } from '../support/image-check.ts';
import { withMounted } from '../support/kernel.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
const GIB = 1024 ** 3;
const SIZE = 4 * GIB + 4097;
const MARKS = [0, 2 * GIB - 3, 4 * GIB - 4, SIZE - 7];

it('a sparse file of more than 4 GiB is written to an image, where the kernel reads it', async () => {
  const storePath = join(scratch, 'store-path');
  mkdirSync(storePath);
  const source = openSync(join(storePath, 'large'), 'w');
  ftruncateSync(source, SIZE);
  for (const mark of MARKS) {
    writeSync(source, bytesOf(mark), 0, 7, mark);
  }
  closeSync(source);

  const path = join(scratch, 'large.img');
  await withPool(2, async (pool) => {
    const { description, size } = await buildImage(pool, { storePaths: [storePath] });
    await writeImage(pool, description, { path, compression: 'none', level: undefined }, () => undefined);
    expect(statSync(path).size).toBe(size);
  });
  expect(statSync(path).blocks * 512).toBeLessThan(10 * 1024 ** 2);
  expect(await faultsOf(path)).toEqual([]);

  await withMounted(path, {}, (mounted) => {
    const file = join(mounted, 'nix/store/store-path/large');
    expect(statSync(file).size).toBe(SIZE);
    const found = openSync(file, 'r');
    for (const mark of MARKS) {
      const bytes = Buffer.alloc(7 + 20);
      const before = Math.min(mark, 20);
      readSync(found, bytes, 0, 7 + before, mark - before);
      expect(bytes.subarray(before, before + 7)).toEqual(bytesOf(mark));
      expect(bytes.subarray(0, before)).toEqual(Buffer.alloc(before));
    }
    closeSync(found);
  });

  withFile(path, (image) => {
    const reader = openExt4(image);
    const names = ['nix', 'store', 'store-path', 'large'].map((name) => Buffer.from(name));
    const inode = reader.lookup(names);
    if (inode === undefined) {
      throw new Error('the file is not in the image');
    }
    const contents = reader.file(inode);
    expect(contents.size).toBe(SIZE);
    for (const mark of MARKS) {
      const bytes = Buffer.alloc(7);
      contents.read(mark, bytes);
      expect(bytes).toEqual(bytesOf(mark));
    }
  });
});

function bytesOf(mark: number): Buffer {
  return Buffer.from(`${mark}`.padEnd(7, '-').slice(0, 7));
}
