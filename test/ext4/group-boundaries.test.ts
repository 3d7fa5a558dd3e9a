// @module-tag system
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { dumpe2fsFields, faultsOf } from '../support/image-check.ts';
import { type PlannedSample, type SampleImage, writeMetadataFile } from '../support/image-files.ts';
import { GROUP, mostFillIn, planFilled } from '../support/image-sizing.ts';
import { withMounted } from '../support/kernel.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

/** The superblock, the descriptors and their reserved blocks: together always the space for the descriptors of 2 TiB. */
const SUPERBLOCK_RUN = 257;
/** Two bitmaps and an inode table of 8,192 inodes. */
const TABLES = 514;

describe.each([
  ['1 group, then a backup', 1],
  ['2 groups', 2],
  ['3 groups, then a backup', 3],
  ['8 groups, then a larger journal', 8],
  ['9 groups, then a backup', 9],
  ['16 groups, then a new flex group and a larger journal', 16],
  ['17 groups', 17],
  ['25 groups, then a backup in the second flex group', 25],
  ['32 groups, then a third flex group', 32],
  ['49 groups, then a backup', 49],
  ['64 groups, then a second block of descriptors', 64],
  ['81 groups, then a backup with two blocks of descriptors', 81],
  ['128 groups, then the largest journal', 128],
])('a filesystem that fills %s', (_, groups) => {
  const most = mostFillIn(groups);

  it('is valid when it is full, and no block larger than necessary', async () => {
    const planned = planFilled(most);
    expect(planned.plan.geometry.groups).toBe(groups);
    expect(planned.plan.blocks).toBe(groups * GROUP);
    expectNoSlack(planned);
    await check(planned);
  });

  it('is valid with one more block, which needs another group', async () => {
    const planned = planFilled(most + 1);
    expect(planned.plan.geometry.groups).toBe(groups + 1);
    expectNoSlack(planned);
    // It does not fit into one group less.
    expect(leastUsed(groups, most)).toBe(groups * GROUP);
    expect(leastUsed(groups, most + 1)).toBeGreaterThan(groups * GROUP);
    await check(planned);
  });

  async function check(planned: PlannedSample): Promise<void> {
    const image = writeMetadataFile(join(directory, `${groups}-${planned.plan.geometry.groups}.img`), planned);
    expect(await faultsOf(image.path)).toEqual([]);
    await expectSizesOfKernel(image);
    rmSync(image.path);
  }
});

/**
 * Every block has an owner, is reserved by the kernel, or is required: the last group has at least one block of its own, and
 * the tables if it is the first of a flex group.
 */
function expectNoSlack({ plan }: PlannedSample): void {
  const free = plan.freeRuns.reduce((sum, run) => sum + run.length, 0);
  const kept = reserve(plan.blocks);
  const last = plan.geometry.groups - 1;
  const least = (hasBackup(last) ? SUPERBLOCK_RUN : 0) + (last % 16 === 0 ? TABLES : 0) || 1;
  const isLeast = plan.blocks - last * GROUP <= least + 1;
  if (!isLeast) {
    expect(free).toBe(kept);
  }
  expect(free).toBeGreaterThanOrEqual(kept);
}

/** Blocks that are used or reserved by the kernel in a filesystem of whole groups with one file. */
function leastUsed(groups: number, fileBlocks: number): number {
  const backups = Array.from({ length: groups }, (_, group) => group).filter(hasBackup).length;
  const journal = groups <= 8 ? 4096 : groups <= 16 ? 8192 : groups <= 128 ? 16_384 : 32_768;
  const resizeInode = 1;
  const directories = 1 + 4;
  // More extents than fit in an inode, but not more than fit in one node.
  const nodes = groups > 3 ? 1 : 0;
  const metadata = backups * SUPERBLOCK_RUN + groups * TABLES + journal + resizeInode + directories + nodes;
  return metadata + fileBlocks + reserve(groups * GROUP);
}

/** The blocks that the kernel reserves (`ext4_set_resv_clusters`): 2 %, at most 4,096 blocks. */
function reserve(blocks: number): number {
  return Math.min(Math.floor(blocks / 50), 4096);
}

function hasBackup(group: number): boolean {
  const isPower = (base: number): boolean => {
    let power = 1;
    while (power < group) {
      power *= base;
    }
    return power === group;
  };
  return group <= 1 || isPower(3) || isPower(5) || isPower(7);
}

async function expectSizesOfKernel(image: SampleImage): Promise<void> {
  const fields = await dumpe2fsFields(image.path);
  const sizes = await withMounted(image.path, {}, (mounted) => statfsSync(mounted));
  expect(sizes.blocks).toBe(image.plan.blocks - Number(fields.get('Overhead clusters')));
  expect(sizes.bfree).toBe(Number(fields.get('Free blocks')));
  expect(sizes.ffree).toBe(Number(fields.get('Free inodes')));
}
