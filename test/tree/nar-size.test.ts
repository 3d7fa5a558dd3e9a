// @module-tag system
import { join } from 'node:path';
import { assert, asyncProperty } from 'fast-check';
import { expect, it } from 'vitest';
import { hashNar } from '../../src/nix/nar/nar.ts';
import { narNodeOfPath } from '../../src/nix/nar/of-path.ts';
import { scanPath } from '../../src/tree/scan.ts';
import { narSizeOf } from '../../src/tree/store/nar-size.ts';
import { putOnHost } from '../support/image-host.ts';
import { anySample } from '../support/image-random.ts';
import { nix, sampleClosure } from '../support/nix-store.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

it.each(Object.values(sampleClosure().paths))('is that of the archive that Nix makes of %s', (path) => {
  const size = narSizeOf(scanPath(Buffer.from(path)));
  expect(size).toBe(nix('nix-store', ['--dump', path]).length);
  expect(`${size}`).toBe(nix('nix-store', ['--query', '--size', path]).toString().trim());
});

it('is that of the archive of any tree', async () => {
  let made = 0;
  await assert(
    asyncProperty(anySample, async (sample) => {
      const path = join(scratch, `${made++}`);
      putOnHost(sample.root, path, { readable: true });
      expect(narSizeOf(scanPath(Buffer.from(path)))).toBe(hashNar(narNodeOfPath(Buffer.from(path))).size);
    }),
    { numRuns: 30 },
  );
});
