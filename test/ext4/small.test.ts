import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { faultsOf } from '../support/image-check.ts';
import { makeImageFile, type SampleImage } from '../support/image-files.ts';
import { temporaryFolder } from '../support/image-folder.ts';
import { expectedListing } from '../support/image-listing.ts';
import { smallSample } from '../support/image-small.ts';
import { withMounted } from '../support/kernel.ts';
import { compareTrees } from '../support/tree-comparison.ts';
import { listTree } from '../support/tree-listing.ts';

const folder = temporaryFolder('ext4-small');
let image: SampleImage;

beforeAll(() => {
  image = makeImageFile(join(folder, 'small.img'), smallSample(), { freeSpace: 1 << 20 });
});

it('is sound', async () => {
  expect(await faultsOf(image.path)).toEqual([]);
});

it('kernel', async () => {
  const found = await withMounted(image.path, {}, (mounted) => listTree(mounted));
  expect(
    compareTrees(expectedListing(image.sample, { time: 1 }), found, { ignore: ['directorySize', 'inode'] }),
  ).toEqual([]);
});
