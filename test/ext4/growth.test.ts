// @module-tag system
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { growOnline, growthImpossible } from '../support/growth.ts';
import { pattern } from '../support/image-contents.ts';
import { temporaryDirectory } from '../support/image-directory.ts';
import { makeImageFile, type PlannedSample, planSample, writeMetadataFile } from '../support/image-files.ts';
import { directory, file, makeSample } from '../support/image-sample.ts';
import { GROUP, mostFillIn, planFilled } from '../support/image-sizing.ts';
import { many } from '../support/image-small.ts';

const scratch = temporaryDirectory('ext4-growth');
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

const contents = makeSample([
  ['contents', file(pattern(40 * MIB))],
  ['many', directory(many(3000, 'an-empty-file'))],
]);

describe.skipIf(growthImpossible)('a kernel grows, mounted, writes to, and leaves sound', () => {
  it('an image of 300 MB to a card of 64 GB', async () => {
    const image = makeImageFile(join(scratch, 'card.img'), contents, { freeSpace: 230 * MIB });
    expect(image.source.size).toBeGreaterThan(300e6);
    await expectGrowth(image.path, 64 * GIB);
  });

  it('an image of 300 MB to 2 TiB, the most that fits in a card of the old kind of partition', async () => {
    const image = makeImageFile(join(scratch, 'most.img'), contents, { freeSpace: 230 * MIB });
    await expectGrowth(image.path, 2048 * GIB);
  });

  // Inodes alone can ask for a group more, of which nothing else is needed.
  const ofInodes = (count: number) => (): PlannedSample =>
    planSample(makeSample([['many', directory(many(count, 'file'))]]));
  it.each<readonly [string, () => PlannedSample, (blocks: number) => boolean, number]>([
    ['the smallest image', () => planSample(makeSample([])), (blocks) => blocks < 5000, 8],
    ['an image whose last group is a single block', ofInodes(66_000), (blocks) => blocks === 2 * GROUP + 1, 8],
    ['an image whose last group is a backup and a block', ofInodes(33_000), (blocks) => blocks === GROUP + 258, 8],
    [
      'a full image whose descriptors fill a block',
      () => planFilled(mostFillIn(64)),
      (blocks) => blocks === 64 * GROUP,
      12,
    ],
    ['an image of many inodes in one group', ofInodes(31_000), (blocks) => blocks < GROUP, 8],
  ])('%s', async (name, plan, isMeant, gibibytes) => {
    const image = writeMetadataFile(join(scratch, `${name.replaceAll(' ', '-')}.img`), plan());
    expect(isMeant(image.plan.blocks)).toBe(true);
    await expectGrowth(image.path, gibibytes * GIB);
  });
});

async function expectGrowth(path: string, size: number): Promise<void> {
  const growth = await growOnline(path, size);
  expect(growth.problems).toEqual([]);
  expect(growth.features).toContain('resize_inode');
  expect(growth.blocks).toBe(size / 4096);
}
