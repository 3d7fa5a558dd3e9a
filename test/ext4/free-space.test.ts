// @module-tag system
import { closeSync, openSync, readFileSync, readSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { usageOf } from '../../src/ext4/plan/usage.ts';
import { dumpe2fsFields, e2fsckFaults, faultsOf } from '../support/image-check.ts';
import { pattern } from '../support/image-contents.ts';
import { makeImageFile, type SampleImage } from '../support/image-files.ts';
import { directory, file, makeSample } from '../support/image-sample.ts';
import { BLOCK, GROUP } from '../support/image-sizing.ts';
import { withMounted } from '../support/kernel.ts';
import { runAsRoot } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
const KIB = 1024;
const MIB = 1024 ** 2;
/** A world-writable directory, and some contents. */
const sample = makeSample([
  ['writable', directory([], { mode: 0o1777 })],
  ['contents', file(pattern(3_000_000))],
]);

describe.each([
  0,
  1,
  BLOCK,
  BLOCK + 1,
  64 * KIB,
  MIB,
  16 * MIB,
  16 * MIB + 5,
  100 * MIB,
  // Around the end of the first group.
  105 * MIB,
  106 * MIB,
  107 * MIB,
  108 * MIB,
  110 * MIB,
  250 * MIB,
  1024 * MIB,
  3000 * MIB,
])('%i bytes of free space', (freeSpace) => {
  const image = makeImageFile(join(scratch, `${freeSpace}.img`), sample, { freeSpace });
  const wanted = Math.ceil(freeSpace / BLOCK);

  it('are available to every user according to the kernel, with no block more than necessary', async () => {
    // The audit reads all free blocks.
    expect(await (freeSpace > 300 * MIB ? e2fsckFaults : faultsOf)(image.path)).toEqual([]);
    const sizes = await withMounted(image.path, {}, (mounted) => statfsSync(mounted));
    expect(sizes.bsize).toBe(BLOCK);
    expect(sizes.bavail).toBeGreaterThanOrEqual(wanted);
    // A filesystem must have its tables, and its last group a block after a backup.
    if (!endsAtLeast(image)) {
      expect(sizes.bavail).toBe(wanted);
    } else {
      expect(sizes.bavail).toBeLessThan(wanted + 600);
    }
    // The action reports the same from its plan as the kernel from the image.
    const usage = usageOf(image.plan, sample.tree);
    expect(usage.freeBytes).toBe(sizes.bavail * BLOCK);
    expect(usage.size).toBe(statSync(image.path).size);
    expect(usage.fileBytes).toBe(Math.ceil(3_000_000 / BLOCK) * BLOCK);
    expect(usage.fileBytes + usage.freeBytes + usage.structureBytes).toBe(usage.size);
    expect(sizes.ffree).toBeGreaterThanOrEqual(Math.max(1024, Math.ceil(freeSpace / (16 * KIB))));
  });
});

/** Whether a filesystem of this number of groups cannot have one block less. */
function endsAtLeast({ plan }: SampleImage): boolean {
  const last = plan.geometry.groups - 1;
  return plan.blocks - last * GROUP <= (last === 1 || last === 3 ? 257 : 0) + 1;
}

describe.each([MIB, 16 * MIB, 120 * MIB])('a user other than root', (freeSpace) => {
  it(`can write ${freeSpace} bytes to a filesystem with this free space`, async () => {
    const image = makeImageFile(join(scratch, `written-${freeSpace}.img`), sample, { freeSpace });
    const before = backupOf(image.path, image.plan.geometry.groups);
    const fields = await dumpe2fsFields(image.path);
    await withMounted(image.path, { write: true }, async (mounted) => {
      const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--'];
      const place = join(mounted, 'writable', 'written');
      // Without the cache, because the kernel (6.18) warns of unwritten extents on a full filesystem, also one of mke2fs.
      const write = ['dd', 'if=/dev/zero', `of=${place}`, `bs=${BLOCK}`, 'oflag=direct'];
      const { exitCode, stderr } = await runAsRoot('setpriv', [...nobody, ...write], { allowFailure: true });
      expect(exitCode).toBe(1);
      expect(stderr.toString()).toContain('No space left on device');
      expect(statSync(place)).toMatchObject({ uid: 65534, gid: 65534 });
      // The extent tree of a fragmented file needs a block.
      expect(statSync(place).size).toBeGreaterThanOrEqual(freeSpace - BLOCK);
      expect(readFileSync(join(mounted, 'contents')).length).toBe(3_000_000);
    });
    // After it was filled to the last block, it is still valid.
    expect(await e2fsckFaults(image.path)).toEqual([]);
    // The kernel recomputes the overhead, and would write another value to all backups.
    expect((await dumpe2fsFields(image.path)).get('Overhead clusters')).toBe(fields.get('Overhead clusters'));
    expect(backupOf(image.path, image.plan.geometry.groups).equals(before)).toBe(true);
  });
});

/** The backups of superblock and descriptors in the second group, if there is one. */
function backupOf(path: string, groups: number): Buffer {
  const bytes = Buffer.alloc(groups > 1 ? 2 * BLOCK : 0);
  const descriptor = openSync(path, 'r');
  readSync(descriptor, bytes, 0, bytes.length, GROUP * BLOCK);
  closeSync(descriptor);
  return bytes;
}
