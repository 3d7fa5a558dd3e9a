// @module-tag system
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { faultsOf } from '../support/image-check.ts';
import { makeImageFile } from '../support/image-files.ts';
import { listMounted } from '../support/image-kernel.ts';
import { differences } from '../support/image-listing.ts';
import { anySample } from '../support/image-random.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();

it('every tree becomes a valid image, in which the kernel finds this tree', async () => {
  const options = fc.record({
    freeSpace: fc.integer({ min: 0, max: 8 << 20 }),
    uuid: fc.uint8Array({ minLength: 16, maxLength: 16 }),
    label: fc.string({ maxLength: 16, unit: 'grapheme-ascii' }),
    // Not in the future: e2fsck complains about such a superblock.
    time: fc.integer({ min: 0, max: 1_700_000_000 }),
  });
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(anySample, options, async (sample, how) => {
      // A new file: the kernel may keep the last one open for a moment.
      const image = makeImageFile(join(directory, `${runs++}.img`), sample, how);
      expect(await faultsOf(image.path)).toEqual([]);
      const found = await listMounted(image.path);
      expect(differences(sample, found, { time: how.time })).toEqual([]);
      rmSync(image.path);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});
