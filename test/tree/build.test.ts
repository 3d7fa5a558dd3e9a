import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deduplicate, scanStorePaths } from '../../src/tree/build.ts';
import { layOutImage } from '../../src/tree/lay-out-image.ts';
import { withPool } from '../support/image-build.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MIB = 2 ** 20;

it('reports the progress of the search for equal files, in bytes of the files that may have duplicates', async () => {
  const storePath = join(temporaryDirectory(), 'path');
  mkdirSync(storePath);
  // Six of one size, of which three are equal, and one that no other file can equal.
  for (let i = 0; i < 6; i++) {
    writeFileSync(join(storePath, `${i}`), Buffer.alloc(9 * MIB, Math.max(i, 2)));
  }
  writeFileSync(join(storePath, 'single'), Buffer.alloc(MIB));
  const steps: (readonly [number, number])[] = [];
  const saved = await withPool(2, async (pool) => {
    const storePaths = await scanStorePaths(pool, [storePath]);
    const tree = layOutImage({ storePaths, registration: Buffer.alloc(0), storeGid: 0, rootDirectories: [] });
    return deduplicate(pool, tree, (done, total) => steps.push([done, total]));
  });
  expect(saved).toBe(2 * 9 * MIB);
  expect(steps.length).toBeGreaterThan(1);
  expect(steps.map(([done]) => done)).toEqual(steps.map(([done]) => done).toSorted((a, b) => a - b));
  expect(new Set(steps.map(([, total]) => total))).toEqual(new Set([54 * MIB]));
  expect(steps.at(-1)?.[0]).toBe(54 * MIB);
});
