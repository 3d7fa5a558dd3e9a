// @module-tag system
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { debugfs, e2fsckFaults, faultsOf } from '../support/image-check.ts';
import { mostlyZero } from '../support/image-contents.ts';
import { overwrite, planSample, writeMetadataFile } from '../support/image-files.ts';
import { file, makeSample } from '../support/image-sample.ts';
import { BLOCK } from '../support/image-sizing.ts';
import { withMounted } from '../support/kernel.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
const GIB = 1024 ** 3;

/** The most extents in an inode, with one node, and with four nodes. */
const IN_INODE = 4;
const IN_ONE_LEVEL = 4 * 340;

describe.each([
  ['of 4 GiB and some bytes has a tree of one node', 4 * GIB + 100, 1, true],
  // An extent has at most 128 MiB, so this file has more extents than fit in one node.
  ['of 100 GiB has some nodes', 100 * GIB, 1, false],
  ['of 200 GiB has a tree of two levels', 200 * GIB + 4097, 2, false],
])('a file %s', (name, size, depth, audited) => {
  const marks = marksIn(size);
  const planned = planSample(
    makeSample([
      ['large', file(mostlyZero(size, marks))],
      ['small', file('small')],
    ]),
  );
  const path = join(scratch, `${size}.img`);

  it('is valid', async () => {
    writeMetadataFile(path, planned);
    expect(await (audited ? faultsOf(path) : e2fsckFaults(path))).toEqual([]);
  });

  it('has a tree of the least depth', async () => {
    const levels = [...(await debugfs(path, 'dump_extents /large')).matchAll(/^ *(\d+)\/ *(\d+) +(\d+)\/ *(\d+) /gm)];
    expect(Number(levels[0][2])).toBe(depth);
    const leaves = levels.filter(([, level]) => Number(level) === depth);
    expect(leaves.length).toBeGreaterThan(depth === 1 ? IN_INODE : IN_ONE_LEVEL);
    if (depth === 1) {
      expect(leaves.length).toBeLessThanOrEqual(IN_ONE_LEVEL);
    }
    expect(levels.filter(([, level]) => Number(level) === depth - 1)).toHaveLength(Math.ceil(leaves.length / 340));
    const stat = await debugfs(path, 'stat /large');
    expect(stat).toContain(`Size: ${size}\n`);
    const nodes = Math.ceil(leaves.length / 340) + (depth === 2 ? Math.ceil(leaves.length / 340 / 340) : 0);
    expect(stat).toContain(`Blockcount: ${(Math.ceil(size / BLOCK) + nodes) * 8}\n`);
  });

  it('has its contents when the kernel reads it, at any position', async () => {
    // The image has only the marked blocks of the contents, at the locations that debugfs reports.
    const blocks = [...new Set([...marks.keys()].map((at) => Math.floor(at / BLOCK)))];
    for (const block of blocks) {
      const physical = Number((await debugfs(path, `bmap /large ${block}`)).trim());
      const bytes = Buffer.alloc(BLOCK);
      planned.source.read(bytes, physical * BLOCK);
      overwrite(path, physical * BLOCK, bytes);
    }
    await withMounted(path, {}, (mounted) => {
      expect(statSync(join(mounted, 'large')).size).toBe(size);
      const descriptor = openSync(join(mounted, 'large'), 'r');
      try {
        for (const [at, bytes] of marks) {
          const found = Buffer.alloc(bytes.length);
          readSync(descriptor, found, 0, found.length, at);
          expect(found.equals(bytes), `${name}: the mark at ${at}`).toBe(true);
        }
      } finally {
        closeSync(descriptor);
      }
    });
    rmSync(path);
  });
});

/** Eight bytes with their own position: at the start and the end, around 4 GiB, and at some other positions. */
function marksIn(size: number): ReadonlyMap<number, Uint8Array> {
  const between = Array.from({ length: 40 }, (_, i) => Math.floor((size / 41) * (i + 1)));
  const places = [
    0,
    4 * GIB - BLOCK,
    4 * GIB - 8,
    4 * GIB,
    size - 8,
    ...between.filter((at) => at % BLOCK < BLOCK - 8),
  ];
  return new Map(
    places.map((at) => {
      const bytes = Buffer.alloc(8);
      bytes.writeBigUInt64LE(BigInt(at) + 1n);
      return [at, bytes];
    }),
  );
}
