// @module-tag system
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FILE_SIZE_MAX } from '../../src/ext4/format/constants.ts';
import { planExt4 } from '../../src/ext4/plan/plan.ts';
import { type Usage, usageOf } from '../../src/ext4/plan/usage.ts';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { createExt4Source } from '../../src/ext4/source.ts';
import { composeTree } from '../../src/tree/compose.ts';
import { createContentsReader } from '../../src/tree/contents.ts';
import { directory } from '../../src/tree/directory.ts';
import { overlay } from '../../src/tree/overlay.ts';
import { scanRootFiles } from '../../src/tree/root-files/scan.ts';
import { debugfs, faultsOf, withFile } from '../support/image-check.ts';
import { mostlyZero } from '../support/image-contents.ts';
import { makeImageFile, UUID, writeSparse } from '../support/image-files.ts';
import { mke2fsLike } from '../support/image-mke2fs.ts';
import { file, makeSample, type Sample } from '../support/image-sample.ts';
import { withMounted } from '../support/kernel.ts';
import { runTool } from '../support/run-tool.ts';
import { BLOCK, everyOther, type FileMap, fileMaps, makeSparseFile, type SparseFile } from '../support/sparse-files.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

/** Files with holes, and the blocks of their extent trees outside the inode. */
const FILES: Readonly<Record<string, SparseFile & { readonly nodes: number }>> = {
  leading: { size: 8 * BLOCK, data: [[5, 3]], nodes: 0 },
  middle: {
    size: 10 * BLOCK,
    data: [
      [0, 2],
      [7, 3],
    ],
    nodes: 0,
  },
  trailing: { size: 6 * BLOCK + 100, data: [[0, 1]], nodes: 0 },
  hole: { size: 10 * BLOCK, data: [], nodes: 0 },
  'hole-of-some-bytes': { size: 100, data: [], nodes: 0 },
  'holes-of-128-mib': { size: 2 ** 28 + 1, data: [[2 ** 15, 1]], nodes: 0 },
  'ends-with-some-bytes': { size: 5 * BLOCK + 17, data: [[3, 3]], nodes: 0 },
  'ends-with-a-hole-of-some-bytes': { size: 3 * BLOCK + 5, data: [[0, 3]], nodes: 0 },
  'in-the-inode': { ...everyOther(4), nodes: 0 },
  'one-node': { ...everyOther(5), nodes: 1 },
  'a-full-node': { ...everyOther(340), nodes: 1 },
  'two-nodes': { ...everyOther(341), nodes: 2 },
  'four-full-nodes': { ...everyOther(4 * 340), nodes: 4 },
  'two-levels': { ...everyOther(4 * 340 + 1), nodes: 6 },
};
const NAMES = Object.keys(FILES);

describe('files with holes', () => {
  const root = join(scratch, 'root');
  const path = join(scratch, 'image');
  let sources: Readonly<Record<string, FileMap>>;
  let usage: Usage;

  beforeAll(async () => {
    mkdirSync(root);
    for (const [name, sparse] of Object.entries(FILES)) {
      makeSparseFile(join(root, name), sparse);
    }
    writeFileSync(join(root, 'swap'), Buffer.alloc(16 * BLOCK));
    sources = await fileMaps(root, [...NAMES, 'swap']);
    usage = imageOf(root, path);
  });

  it('take the space of their data, as the log reports it', () => {
    const blocks = Object.values(FILES).reduce((sum, { data }) => sum + blocksOf(data), 16);
    expect(usage.fileBytes).toBe(blocks * BLOCK);
  });

  it('are sound for e2fsck and the audit', async () => {
    expect(await faultsOf(path)).toEqual([]);
  });

  it('have the data and the holes of their sources for the kernel, and space for no more', async () => {
    const found = await withMounted(path, {}, (mounted) => fileMaps(mounted, [...NAMES, 'swap']));
    for (const [name, { size, data, nodes }] of Object.entries(FILES)) {
      expect(found[name], name).toEqual({
        size,
        sectors: (blocksOf(data) + nodes) * 8,
        data: data.map(([start, blocks]) => [start * BLOCK, Math.min((start + blocks) * BLOCK, size)]),
        sha256: sources[name]?.sha256,
      });
      expect(found[name]?.data, name).toEqual(sources[name]?.data);
    }
    expect(found.swap).toEqual({ ...sources.swap, sectors: 16 * 8, data: [[0, 16 * BLOCK]] });
  });

  it('are as mke2fs stores them', async () => {
    const theirs = join(scratch, 'mke2fs');
    await mke2fsLike(theirs, { path }, root);
    const expected = await withMounted(theirs, {}, (mounted) => fileMaps(mounted, NAMES));
    const found = await withMounted(path, {}, (mounted) => fileMaps(mounted, NAMES));
    for (const name of NAMES) {
      const { sectors, ...others } = expected[name] ?? {};
      expect(found[name], name).toMatchObject(others);
      // mke2fs adds one extent after the other, which leaves nodes half full.
      expect(found[name]?.sectors, name).toBeLessThanOrEqual(sectors ?? 0);
    }
  });

  it('have extents for their data alone, according to debugfs', async () => {
    for (const [name, { data, nodes }] of Object.entries(FILES)) {
      const levels = [
        ...(await debugfs(path, `dump_extents /${name}`)).matchAll(/^ *(\d+)\/ *(\d+) +\d+\/ *\d+ +(\d+) - +(\d+) /gm),
      ];
      const depth = Number(levels[0]?.[2] ?? 0);
      expect(depth, name).toBe(nodes > 4 ? 2 : Math.min(nodes, 1));
      const leaves = levels.filter(([, level]) => Number(level) === depth);
      expect(
        leaves.map(([, , , from, to]) => [Number(from), Number(to)]),
        name,
      ).toEqual(data.map(([start, blocks]) => [start, start + blocks - 1]));
    }
  });

  it('are read by the reader of this project, from any position', () => {
    withFile(path, (image) => {
      const reader = openExt4(image);
      for (const [name, { size, data }] of Object.entries(FILES)) {
        const inode = reader.lookup([Buffer.from(name)]);
        const contents = inode && reader.file(inode);
        const edges = data.flatMap(([start, blocks]) => [start * BLOCK, (start + blocks) * BLOCK]);
        withFile(join(root, name), (source) => {
          for (const at of [size - 1, 0, ...edges].filter((position) => position < size)) {
            const found = Buffer.alloc(Math.min(2 * BLOCK, size - at), 1);
            const expected = Buffer.from(found);
            contents?.read(at, found);
            source.read(expected, at);
            expect(found.equals(expected), `${name} at ${at}`).toBe(true);
          }
        });
      }
    });
  });
});

/** A file of the largest size, with data in its last block, and with more data in a run than fits in an extent. */
it('the largest file of ext4 is sound, and read at once', async () => {
  const lastBlock = FILE_SIZE_MAX / BLOCK - 1;
  const middle = 2 ** 31;
  const marks = new Map(
    [middle * BLOCK, (middle + 40_000) * BLOCK - 8, lastBlock * BLOCK].map((at) => [
      at,
      Buffer.from(`${at}`.slice(-8)),
    ]),
  );
  const sample = withRuns(makeSample([['sparse', file(mostlyZero(FILE_SIZE_MAX, marks))]]), [
    [middle, 40_000],
    [lastBlock, 1],
  ]);
  const path = join(scratch, 'sparse');
  makeImageFile(path, sample);
  expect(await faultsOf(path)).toEqual([]);
  withFile(path, (image) => {
    const reader = openExt4(image);
    const inode = reader.lookup([Buffer.from('sparse')]);
    const contents = inode && reader.file(inode);
    for (const [at, mark] of marks) {
      const found = Buffer.alloc(8);
      contents?.read(at, found);
      expect(found).toEqual(mark);
    }
    expect(contents?.tailIsZero()).toBe(true);
  });
  await withMounted(path, {}, async (mounted) => {
    const { stdout } = await runTool('od', [
      '-A',
      'n',
      '-c',
      '-w8',
      '-j',
      `${lastBlock * BLOCK}`,
      '-N',
      '8',
      join(mounted, 'sparse'),
    ]);
    expect(stdout.toString().replaceAll(/\s/g, '')).toBe(`${marks.get(lastBlock * BLOCK)}`);
  });
});

function blocksOf(data: SparseFile['data']): number {
  return data.reduce((sum, [, blocks]) => sum + blocks, 0);
}

/** Writes an image of the files of a directory, and returns its usage. */
function imageOf(root: string, path: string): Usage {
  const base = directory({ 'lost+found': { ...directory({}), mode: 0o700 } });
  const tree = composeTree(overlay(base, scanRootFiles(root, 'kept')));
  const plan = planExt4(tree, { uuid: UUID, label: Buffer.from('HOLES'), freeSpace: 2 ** 20, time: 1 });
  using contents = createContentsReader(tree);
  const source = createExt4Source(plan, tree, contents.read);
  writeSparse(path, source, source.dataRanges({ offset: 0, length: source.size }));
  return usageOf(plan, tree);
}

/** The sample with holes in its last file, except in the runs given. */
function withRuns(sample: Sample, runs: SparseFile['data']): Sample {
  const sparse = {
    entry: Uint32Array.of(sample.tree.count - 1),
    firstRun: Uint32Array.of(0, runs.length),
    start: Uint32Array.from(runs, ([start]) => start),
    length: Uint32Array.from(runs, ([, length]) => length),
  };
  return { ...sample, tree: { ...sample.tree, sparse } };
}
