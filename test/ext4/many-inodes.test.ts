// @module-tag system
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { dumpe2fsFields, e2fsckFaults, faultsOf } from '../support/image-check.ts';
import { planSample, type SampleImage, writeMetadataFile } from '../support/image-files.ts';
import { differences } from '../support/image-listing.ts';
import { directory, file, flattenSample, makeSample, type SampleChild } from '../support/image-sample.ts';
import { GROUP } from '../support/image-sizing.ts';
import { withMounted } from '../support/kernel.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { listTree } from '../support/tree-listing.ts';

const scratch = temporaryDirectory();

/**
 * Half a million empty files, each with its own inode: each of 16 groups has nearly the most inodes possible, and their tables
 * neither fit in the first group nor end before the backup in the second.
 */
describe('a filesystem of empty files', () => {
  const sample = makeSample(Array.from({ length: 104 }, (_, i): SampleChild => [`directory-${i}`, directory(files())]));
  let image: SampleImage;
  beforeAll(() => {
    image = writeMetadataFile(join(scratch, 'inodes.img'), planSample(sample));
  });

  it('is valid', async () => {
    expect(await faultsOf(image.path)).toEqual([]);
  });

  it('has more inodes in a group than images of few files, and its tables continue after the backup', async () => {
    const fields = await dumpe2fsFields(image.path);
    const perGroup = Number(fields.get('Inodes per group'));
    expect(perGroup).toBeGreaterThan(32_000);
    expect(perGroup).toBeLessThanOrEqual(GROUP);
    expect(Number(fields.get('Free inodes'))).toBeGreaterThanOrEqual(1024);
    const { stdout } = await runTool('dumpe2fs', [image.path]);
    const tables = [...stdout.toString().matchAll(/Inode table at (\d+)-(\d+)/g)].map(([, from, to]) => [
      Number(from),
      Number(to),
    ]);
    expect(tables).toHaveLength(16);
    expect(tables.some(([, to]) => to > GROUP)).toBe(true);
    const backup = [GROUP, GROUP + 256];
    expect(tables.filter(([from, to]) => from <= backup[1] && to >= backup[0])).toEqual([]);
  });

  it('has the source tree when the kernel reads it, in the first, the last and some other directories', async () => {
    const names = ['directory-0', 'directory-17', 'directory-52', 'directory-99'];
    await withMounted(image.path, {}, (mounted) => {
      for (const name of names) {
        const found = listTree(join(mounted, name), { contents: false });
        expect(differences(flattenSample(directory(files())), found, { time: 1, contents: false })).toEqual([]);
      }
    });
  });
});

/** One inode more than 16 groups have: after the first blocks of the first group there are only the tables of the last. */
describe('a filesystem that needs its last group only for the inodes', () => {
  it('has the tables of that group', async () => {
    const directories = Array.from({ length: 105 }, (_, i): SampleChild => [`directory-${i}`, directory(files())]);
    const image = writeMetadataFile(join(scratch, 'last-group.img'), planSample(makeSample(directories)));
    expect(image.plan.geometry.groups).toBe(17);
    expect(image.plan.blocks).toBe(16 * GROUP + 2 + image.plan.geometry.inodeTableBlocks);
    expect(await e2fsckFaults(image.path)).toEqual([]);
  });
});

function files(): readonly SampleChild[] {
  return Array.from({ length: 5000 }, (_, i): SampleChild => [`file-${i}`, file('')]);
}
