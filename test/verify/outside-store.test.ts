// @module-tag system
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { planExt4 } from '../../src/ext4/plan/plan.ts';
import { openExt4 } from '../../src/ext4/read/reader.ts';
import { createExt4Source } from '../../src/ext4/source.ts';
import { createContentsReader } from '../../src/tree/contents.ts';
import type { ImageTree } from '../../src/tree/image-tree.ts';
import { layOutImage } from '../../src/tree/lay-out-image.ts';
import { scanRootFiles } from '../../src/tree/root-files/scan.ts';
import { compareOutsideStore } from '../../src/verify/outside-store.ts';
import { e2fsckFaults, withFile } from '../support/image-check.ts';
import { UUID, writeSparse } from '../support/image-files.ts';
import { runTool } from '../support/run-tool.ts';
import { BLOCK, everyOther, makeSparseFile } from '../support/sparse-files.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

describe('files with holes and full ones', () => {
  let root: string;
  let tree: ImageTree;
  let image: string;

  beforeEach(() => {
    const scratch = temporaryDirectory();
    root = join(scratch, 'root');
    image = join(scratch, 'image');
    mkdirSync(root);
    makeSparseFile(join(root, 'holes'), { size: 10 * BLOCK, data: [[4, 2]] });
    makeSparseFile(join(root, 'hole'), { size: 10 * BLOCK, data: [] });
    makeSparseFile(join(root, 'many'), everyOther(400));
    writeFileSync(join(root, 'swap'), Buffer.alloc(10 * BLOCK));
    const rootDirectories = [scanRootFiles(root, 'kept')];
    tree = layOutImage({ storePaths: [], registration: Buffer.from(''), storeGid: 0, rootDirectories });
    writeImage(image, tree);
  });

  const compare = (): void => {
    withFile(image, (bytes) => compareOutsideStore(openExt4(bytes), { tree, time: 1 }));
  };

  it('are those of their sources', () => {
    expect(compare).not.toThrow();
  });

  it.each([
    ['before the data', 'holes', BLOCK + 7],
    ['after the data', 'holes', 9 * BLOCK],
    ['of a file without any', 'hole', 5],
    ['between extents', 'many', 700 * BLOCK],
  ])('differ if something was written to a hole of the source meanwhile: %s', (_, name, at) => {
    const source = openSync(join(root, name), 'r+');
    writeSync(source, 'x', at);
    closeSync(source);
    expect(compare).toThrow(
      expect.objectContaining({
        message: expect.stringMatching(new RegExp(`^/${name} in the image differs from its source, at byte ${at}: `)),
        remedy: expect.stringContaining('root-files'),
      }),
    );
  });

  it.each([
    ['the last blocks', 'punch /swap 3 9', 'blocks 0 to 2 allocated in the image; expected blocks 0 to 9.'],
    ['a block', 'punch /swap 3 3', 'blocks 0 to 2 allocated in the image; expected blocks 0 to 9.'],
    ['all blocks', 'punch /swap 0 9', 'no further blocks allocated in the image; expected blocks 0 to 9.'],
  ])('differ if the image has a hole for %s of the full one', async (_, request, message) => {
    await runTool('debugfs', ['-w', '-R', request, image]);
    expect(await e2fsckFaults(image)).toEqual([]);
    expect(compare).toThrow(expect.objectContaining({ message: `/swap has ${message}` }));
  });

  it('differ if the image has zeros for a hole', () => {
    const none = new Uint32Array(0);
    writeImage(image, { ...tree, sparse: { entry: none, firstRun: Uint32Array.of(0), start: none, length: none } });
    expect(compare).toThrow(
      expect.objectContaining({
        message: '/hole has blocks 0 to 9 allocated in the image; expected no further blocks.',
      }),
    );
  });
});

function writeImage(path: string, tree: ImageTree): void {
  const plan = planExt4(tree, { uuid: UUID, label: Buffer.from('HOLES'), freeSpace: 2 ** 20, time: 1 });
  using contents = createContentsReader(tree);
  const source = createExt4Source(plan, tree, contents.read);
  writeSparse(path, source, source.dataRanges({ offset: 0, length: source.size }));
}
