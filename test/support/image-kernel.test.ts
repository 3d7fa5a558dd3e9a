// @module-tag system
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { putOnHost } from './image-host.ts';
import { listInProcess } from './image-kernel.ts';
import { smallSample } from './image-small.ts';
import { temporaryDirectory } from './temporary-directory.ts';
import { listTree } from './tree-listing.ts';

const scratch = temporaryDirectory();

it('lists in another process just what it lists in this one', async () => {
  const place = join(scratch, 'names');
  putOnHost(smallSample().root, place, { readable: true });
  const found = await listInProcess(place, { skip: ['sizes'] });
  const expected = listTree(place, { skip: ['sizes'] });
  // Files that are read get another access time.
  const atime = 0n;
  expect(found.map((entry) => ({ ...entry, atime }))).toEqual(expected.map((entry) => ({ ...entry, atime })));
});
