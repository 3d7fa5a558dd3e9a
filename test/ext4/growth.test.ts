// @module-tag system
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Growth, growOnline } from '../support/growth.ts';
import { pattern } from '../support/image-contents.ts';
import { makeImageFile, type PlannedSample, planSample, writeMetadataFile } from '../support/image-files.ts';
import { directory, file, makeSample } from '../support/image-sample.ts';
import { GROUP, mostFillIn, planFilled } from '../support/image-sizing.ts';
import { many } from '../support/image-small.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { MACHINE_TIMEOUT } from '../support/vm/machine.ts';

const scratch = temporaryDirectory();
const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** An image to grow: makes it, and gives its size in blocks. */
type MakeImage = (path: string) => number;

const contents = makeSample([
  ['contents', file(pattern(40 * MIB))],
  ['many', directory(many(3000, 'an-empty-file'))],
]);
const withContents: MakeImage = (path) => makeImageFile(path, contents, { freeSpace: 230 * MIB }).source.size / 4096;

const ofMetadata =
  (plan: () => PlannedSample): MakeImage =>
  (path) =>
    writeMetadataFile(path, plan()).plan.blocks;
// Inodes alone can ask for a group more, of which nothing else is needed.
const ofInodes = (count: number): MakeImage =>
  ofMetadata(() => planSample(makeSample([['many', directory(many(count, 'file'))]])));

const CASES: readonly (readonly [string, MakeImage, (blocks: number) => boolean, number])[] = [
  ['an image of 300 MB to a card of 64 GB', withContents, (blocks) => blocks * 4096 > 300e6, 64],
  [
    'an image of 300 MB to 2 TiB, the most that fits in a card of the old kind of partition',
    withContents,
    (blocks) => blocks * 4096 > 300e6,
    2048,
  ],
  ['the smallest image', ofMetadata(() => planSample(makeSample([]))), (blocks) => blocks < 5000, 8],
  ['an image whose last group is a single block', ofInodes(66_000), (blocks) => blocks === 2 * GROUP + 1, 8],
  ['an image whose last group is a backup and a block', ofInodes(33_000), (blocks) => blocks === GROUP + 258, 8],
  [
    'a full image whose descriptors fill a block',
    ofMetadata(() => planFilled(mostFillIn(64))),
    (blocks) => blocks === 64 * GROUP,
    12,
  ],
  ['an image of many inodes in one group', ofInodes(31_000), (blocks) => blocks < GROUP, 8],
];

describe('a kernel grows, mounted, writes to, and leaves sound', () => {
  // One virtual machine for all of them, since it takes longer to boot than to grow most.
  let growths: readonly Growth[];
  beforeAll(async () => {
    const jobs = CASES.map(([, make, isMeant, gibibytes], i) => {
      const path = join(scratch, `${i}.img`);
      expect(isMeant(make(path))).toBe(true);
      return { path, size: gibibytes * GIB };
    });
    growths = await growOnline(jobs);
  }, MACHINE_TIMEOUT);

  it.each(CASES.map(([name, , , gibibytes], i) => [name, i, gibibytes] as const))('%s', (_, index, gibibytes) => {
    const growth = growths[index];
    expect(growth.problems).toEqual([]);
    expect(growth.features).toContain('resize_inode');
    expect(growth.blocks).toBe((gibibytes * GIB) / 4096);
  });
});
