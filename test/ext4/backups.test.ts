// @module-tag system
import { mkdirSync, readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SUPERBLOCK } from '../../src/ext4/format/offsets.ts';
import { debugfs, dumpe2fsFields, e2fsckFaults, withFile } from '../support/image-check.ts';
import { overwrite, writeMetadataFile } from '../support/image-files.ts';
import { file } from '../support/image-sample.ts';
import { BLOCK, GROUP, planFilled } from '../support/image-sizing.ts';
import { withLoopDevice } from '../support/kernel-loop.ts';
import { runAsRoot, runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const directory = temporaryDirectory();
const BACKUPS = [1, 3, 5, 7, 9, 25, 27, 49];

/** 66 groups, so that the descriptor table and each of its backups have two blocks. */
const planned = planFilled(64 * GROUP, {}, [['small', file('small')]]);
const image = writeMetadataFile(join(directory, 'image'), planned);
const free = image.plan.freeRuns.reduce((sum, run) => sum + run.length, 0);
/** The same filesystem without the primary superblock and descriptors. */
const headless = writeMetadataFile(join(directory, 'headless'), planned).path;
overwrite(headless, 0, Buffer.alloc(3 * BLOCK));

it('has the backups of sparse_super, according to dumpe2fs', async () => {
  expect(image.plan.geometry.groups).toBe(66);
  const { stdout } = await runTool('dumpe2fs', [image.path]);
  const found = stdout.toString().matchAll(/Backup superblock at (\d+)/g);
  expect(Array.from(found, ([, block]) => Number(block) / GROUP)).toEqual(BACKUPS);
});

describe.each(BACKUPS)('the backup in group %i', (group) => {
  const at = group * GROUP * BLOCK;

  it('equals the superblock except for its group, the state and the checksum', () => {
    const [primary, backup] = [bytesAt(image.path, 1024, 1024), bytesAt(image.path, at, 1024)];
    expect(backup.readUInt16LE(SUPERBLOCK.blockGroupNr)).toBe(group);
    // As with mke2fs, only the state of the primary superblock is clean.
    expect([primary.readUInt16LE(SUPERBLOCK.state), backup.readUInt16LE(SUPERBLOCK.state)]).toEqual([1, 0]);
    for (const bytes of [primary, backup]) {
      bytes.writeUInt16LE(0, SUPERBLOCK.blockGroupNr);
      bytes.writeUInt16LE(0, SUPERBLOCK.state);
      bytes.writeUInt32LE(0, SUPERBLOCK.checksum);
    }
    expect(backup.equals(primary)).toBe(true);
  });

  it('equals the descriptors, and has zeros in the reserved blocks', () => {
    expect(bytesAt(image.path, at + BLOCK, 2 * BLOCK).equals(bytesAt(image.path, BLOCK, 2 * BLOCK))).toBe(true);
    expect(bytesAt(image.path, at + 1024, 3072)).toEqual(Buffer.alloc(3072));
    expect(bytesAt(image.path, at + 3 * BLOCK, 254 * BLOCK).every((byte) => byte === 0)).toBe(true);
  });

  it('is sufficient for e2fsck and debugfs', async () => {
    const block = group * GROUP;
    expect(await e2fsckFaults(headless, ['-b', `${block}`, '-B', `${BLOCK}`])).toEqual([]);
    expect(await debugfs(headless, 'stat /small', ['-s', `${block}`, '-b', `${BLOCK}`])).toContain('Size: 5\n');
    const options = ['-o', `superblock=${block}`, '-o', `blocksize=${BLOCK}`];
    const [fields, backup] = [await dumpe2fsFields(image.path), await dumpe2fsFields(headless, options)];
    expect([...backup.keys()]).toEqual([...fields.keys()]);
    const different = [...fields.keys()].filter((name) => fields.get(name) !== backup.get(name));
    expect(different).toEqual(['Filesystem state', 'Checksum']);
  });

  it('is sufficient for the kernel', async () => {
    const mountPoint = join(directory, `mounted-${group}`);
    mkdirSync(mountPoint);
    await withLoopDevice(headless, { write: false }, async (device) => {
      // The option is in units of 1 KiB.
      await runAsRoot('mount', ['-t', 'ext4', '-o', `ro,sb=${at / 1024}`, device, mountPoint]);
      try {
        expect(readdirSync(mountPoint).sort()).toEqual(['filler', 'lost+found', 'small']);
        expect(statSync(join(mountPoint, 'small')).size).toBe(5);
        expect(statfsSync(mountPoint).bfree).toBe(free);
      } finally {
        await runAsRoot('umount', [mountPoint]);
      }
    });
  });
});

it('is compared by e2fsck, which finds another byte in a backup', async () => {
  const damaged = writeMetadataFile(join(directory, 'damaged'), planned).path;
  overwrite(damaged, GROUP * BLOCK + SUPERBLOCK.hashSeed, Buffer.from([0]));
  const faults = await e2fsckFaults(damaged, ['-b', `${GROUP}`, '-B', `${BLOCK}`]);
  expect(faults.join('\n')).toMatch(/exit code 8/);
});

function bytesAt(path: string, offset: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  withFile(path, (source) => source.read(bytes, offset));
  return bytes;
}
