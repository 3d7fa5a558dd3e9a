// @module-tag system
import { rmSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { userError } from '../../src/errors/user-error.ts';
import { debugfs, dumpe2fsFields, e2fsckFaults, faultsOf } from '../support/image-check.ts';
import { planSample, writeMetadataFile } from '../support/image-files.ts';
import { directory, file, flattenSample, makeSample, type SampleChild, symlink } from '../support/image-sample.ts';
import { GROUP, planFilled } from '../support/image-sizing.ts';
import { withMounted } from '../support/kernel.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

describe('the largest filesystem', () => {
  const groups = 2 ** 29 / GROUP;

  it('of nearly 2 TiB is valid, and has no reserved blocks left', async () => {
    const planned = planFilled(groups * GROUP - 8_500_000);
    expect(planned.plan.geometry.groups).toBeGreaterThan(groups - 64);
    const image = writeMetadataFile(join(scratch, 'largest.img'), planned);
    expect(await e2fsckFaults(image.path)).toEqual([]);
    const fields = await dumpe2fsFields(image.path);
    expect(fields.get('Reserved GDT blocks')).toBeUndefined();
    const sizes = await withMounted(image.path, {}, (mounted) => statfsSync(mounted));
    expect(sizes.blocks).toBe(planned.plan.blocks - Number(fields.get('Overhead clusters')));
    rmSync(image.path);
  });

  it('is refused above 2 TiB, with the size of its contents and its free space', () => {
    expect(() => planFilled(2 ** 29)).toThrow(
      expect.objectContaining({
        title: 'The filesystem is too large',
        message: expect.stringMatching(
          /^The contents have 2199\d+ bytes and the free space 0 bytes, but a filesystem has at most 2199023255552 bytes \(2 TiB\)\.$/,
        ),
        remedy: 'Leave out store paths, or set free-space to less.',
      }),
    );
    expect(() => planFilled(1, { freeSpace: 2 ** 41 })).toThrow(
      / bytes and the free space 2199023255552 bytes, but a filesystem has at most /,
    );
  });
});

describe('the links of a file', () => {
  const named = (count: number, node = file('')): readonly SampleChild[] =>
    Array.from({ length: count }, (_, i): SampleChild => [`name-${i}`, node]);

  it('can be 65,000', async () => {
    const image = writeMetadataFile(
      join(scratch, 'links.img'),
      planSample(makeSample([['directory', directory(named(65_000))]])),
    );
    expect(await faultsOf(image.path)).toEqual([]);
    expect(await debugfs(image.path, 'stat /directory/name-64999')).toContain('Links: 65000 ');
  });

  it('cannot be 65,001', () => {
    const sample = makeSample([['directory', directory(named(65_001))]]);
    expect(() => planSample(sample)).toThrow('A file has 65001 names, but an ext4 inode has at most 65000 links.');
  });
});

it('refuses a symlink of 4,096 bytes', () => {
  const sample = makeSample([['link', symlink('t'.repeat(4096))]]);
  expect(() => planSample(sample)).toThrow(
    userError({
      title: 'A symlink is too long',
      message: 'The target of /link has 4096 bytes, but ext4 stores at most 4095 bytes.',
      remedy: 'Shorten the target of the symlink.',
    }),
  );
});

describe('/lost+found', () => {
  it.each<readonly [string, SampleChild, string]>([
    ['is missing', ['other', directory([])], 'must have a directory /lost+found'],
    ['is a file', ['lost+found', file('')], '/lost+found must be an empty directory'],
    ['is a symlink', ['lost+found', symlink('x')], '/lost+found must be an empty directory'],
    ['has an entry', ['lost+found', directory([['x', file('')]])], '/lost+found must be an empty directory'],
    [
      'is in another directory',
      ['other', directory([['lost+found', directory([])]])],
      'must have a directory /lost+found',
    ],
  ])('is refused if it %s', (_, child, message) => {
    expect(() => planSample(flattenSample(directory([child])))).toThrow(message);
  });
});
