import {
  closeSync,
  ftruncateSync,
  lstatSync,
  mkdtempSync,
  openSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { dataRuns } from '../../src/ext4/plan/data-runs.ts';
import { composeTree } from '../../src/tree/compose.ts';
import { duplicateCandidates } from '../../src/tree/duplicates.ts';
import { layOutImage } from '../../src/tree/lay-out-image.ts';
import { readDataRuns } from '../../src/tree/root-files/holes.ts';
import { scanRootFiles } from '../../src/tree/root-files/scan.ts';
import { scanPath } from '../../src/tree/scan.ts';
import { spelledOut } from '../support/image-packed.ts';
import { buildPaths } from '../support/nix-store.ts';
import { BLOCK, everyOther, makeSparseFile, type SparseFile } from '../support/sparse-files.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const FILES: Readonly<Record<string, SparseFile>> = {
  leading: { size: 8 * BLOCK, data: [[5, 3]] },
  middle: {
    size: 10 * BLOCK,
    data: [
      [0, 2],
      [7, 3],
    ],
  },
  trailing: { size: 6 * BLOCK + 100, data: [[0, 1]] },
  'only a hole': { size: 10 * BLOCK, data: [] },
  'only a hole of some bytes': { size: 100, data: [] },
  'ends with some bytes': { size: 5 * BLOCK + 17, data: [[3, 3]] },
  'ends with a hole of some bytes': { size: 3 * BLOCK + 5, data: [[0, 3]] },
  'across the pieces in which it is read': {
    size: 300 * BLOCK,
    data: [
      [60, 10],
      [127, 2],
      [200, 64],
    ],
  },
  'every other block': everyOther(200),
  'zeros that were written': { size: 8 * BLOCK, data: [[0, 1]], zeros: [3, 4] },
};

it.each(Object.entries(FILES))('the holes of a file for the root are holes of the image: %s', (_, sparse) => {
  const directory = temporaryDirectory();
  makeSparseFile(join(directory, 'b'), sparse);
  writeFileSync(join(directory, 'a'), 'before');
  writeFileSync(join(directory, 'c'), 'after');
  const tree = composeTree(scanRootFiles(directory, 'kept'));
  expect(Array.from(tree.sparse.entry)).toEqual([2]);
  expect(dataRuns(tree, 2)).toEqual(sparse.data.map(([start, length]) => ({ start, length })));
  expect(tree.size[2]).toBe(sparse.size);
  expect([dataRuns(tree, 1), dataRuns(tree, 3)]).toEqual([[{ start: 0, length: 1 }], [{ start: 0, length: 1 }]]);
});

it('several files have their own holes, wherever they are in the tree', () => {
  const directory = temporaryDirectory();
  for (const [name, sparse] of Object.entries(FILES)) {
    makeSparseFile(join(directory, name), sparse);
  }
  const tree = composeTree(scanRootFiles(directory, 'kept'));
  const found = spelledOut(tree).map(({ path }, entry) => [path, dataRuns(tree, entry)]);
  expect(Object.fromEntries(found)).toMatchObject(
    Object.fromEntries(
      Object.entries(FILES).map(([name, { data }]) => [name, data.map(([start, length]) => ({ start, length }))]),
    ),
  );
});

it('a file that has space for all of its bytes keeps it, whatever they are', () => {
  const directory = temporaryDirectory();
  writeFileSync(join(directory, 'swap'), Buffer.alloc(20 * BLOCK + 1));
  const tree = composeTree(scanRootFiles(directory, 'kept'));
  expect(dataRuns(tree, 1)).toEqual([{ start: 0, length: 21 }]);
});

it.each<readonly [string, (path: string) => void, RegExp]>([
  ['grew', (path) => truncateSync(path, 11 * BLOCK), /\/file changed.* had 40960 bytes and now has 45056\.$/],
  ['shrank', (path) => truncateSync(path, 9), /\/file changed.* had 40960 bytes and now has 9\.$/],
])('a file that %s before its holes are read is refused', (_, change, message) => {
  const path = join(temporaryDirectory(), 'file');
  makeSparseFile(path, { size: 10 * BLOCK, data: [[1, 1]] });
  const stats = lstatSync(path);
  change(path);
  expect(() => readDataRuns(Buffer.from(path), stats)).toThrow(
    expect.objectContaining({
      title: 'A file changed while the image was built',
      message: expect.stringMatching(message),
    }),
  );
});

it('a file that is larger than ext4 allows is refused before it is read', { tags: ['system'] }, () => {
  // Unlike others, a filesystem in memory has files of that size.
  const directory = mkdtempSync('/dev/shm/test-');
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const descriptor = openSync(join(directory, 'file'), 'w');
  ftruncateSync(descriptor, 2 ** 44);
  closeSync(descriptor);
  expect(() => scanRootFiles(directory, 'kept')).toThrow(
    expect.objectContaining({
      title: 'Invalid input root-files',
      message: expect.stringMatching(/\/file has 17592186044416 bytes; .* at most 17592186040320\.$/),
    }),
  );
});

it('files of the store have no holes, however its disk stores them', { tags: ['system'] }, () => {
  const { 'with-a-hole': path = '' } = buildPaths({
    'with-a-hole': {
      script: 'mkdir $out; truncate -s 100K $out/hole; truncate -s 100K $out/twin; printf x >> $out/hole',
    },
  });
  expect(lstatSync(join(path, 'twin')).blocks).toBe(0);
  const storePaths = [{ name: 'path', path: Buffer.from(path), tree: scanPath(Buffer.from(path)) }];
  const rootDirectories = [scanRootFiles(path, 'kept')];
  const tree = layOutImage({ storePaths, registration: Buffer.from(''), storeGid: 0, rootDirectories });
  expect(tree.sparse.entry).toHaveLength(0);
});

it('a file with holes shares its inode with no other file', () => {
  const store = temporaryDirectory();
  const files = temporaryDirectory();
  writeFileSync(join(store, 'full'), Buffer.alloc(10 * BLOCK));
  makeSparseFile(join(files, 'hole'), { size: 10 * BLOCK, data: [] });
  makeSparseFile(join(files, 'twin'), { size: 10 * BLOCK, data: [] });
  const storePaths = [{ name: 'path', path: Buffer.from(store), tree: scanPath(Buffer.from(store)) }];
  const rootDirectories = [scanRootFiles(files, 'kept')];
  const tree = layOutImage({ storePaths, registration: Buffer.from(''), storeGid: 0, rootDirectories });
  expect(tree.sparse.entry).toHaveLength(2);
  expect(duplicateCandidates(tree)).toHaveLength(0);
});
