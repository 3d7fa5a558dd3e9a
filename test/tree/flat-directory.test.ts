import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flattenDirectory, nestDirectory } from '../../src/tree/flat-directory.ts';
import { scanRootFiles } from '../../src/tree/root-files/scan.ts';
import { putOnHost } from '../support/image-host.ts';
import { smallSample } from '../support/image-small.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

it('a directory without its nesting has all that is in it', () => {
  const path = join(temporaryDirectory(), 'root');
  putOnHost(smallSample().root, path, { readable: true });
  const directory = scanRootFiles(path, 'kept');
  const flat = flattenDirectory(directory);
  expect(flat.entries.length).toBeGreaterThan(50);
  expect(nestDirectory(flat)).toEqual(directory);
});
