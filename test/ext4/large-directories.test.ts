// @module-tag system
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { debugfs, e2fsckFaults, faultsOf } from '../support/image-check.ts';
import { planSample, writeMetadataFile } from '../support/image-files.ts';
import { listMounted } from '../support/image-kernel.ts';
import { differences } from '../support/image-listing.ts';
import { directory, makeSample, type Sample, type SampleChild } from '../support/image-sample.ts';
import { many } from '../support/image-small.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();

describe('a directory', () => {
  it('of 100,000 entries has an index of two levels, with which the kernel finds each name', async () => {
    const sample = makeSample([['large', directory(many(100_000, 'some-entry'))]]);
    const image = writeMetadataFile(join(scratch, 'entries.img'), planSample(sample));
    expect(await faultsOf(image.path)).toEqual([]);
    expect(await debugfs(image.path, 'stat /large')).toContain('Flags: 0x81000');
    const dump = await debugfs(image.path, 'htree_dump /large');
    expect(dump).toContain('Indirect levels: 1');
    expect(dump.match(/^Entry #\d+: Hash 0x/gm)?.length).toBeGreaterThan(507);
    const found = await listMounted(image.path);
    expect(differences(sample, found)).toEqual([]);
  });

  it('with 70,000 subdirectories has the link count 1, for more than can be counted', async () => {
    const sample = withSubfolders(70_000);
    const image = writeMetadataFile(join(scratch, 'subfolders.img'), planSample(sample));
    expect(await faultsOf(image.path)).toEqual([]);
    expect(await debugfs(image.path, 'stat /large')).toMatch(/Links: 1 /);
    const found = await listMounted(image.path);
    expect(differences(sample, found)).toEqual([]);
  });

  it('counts its links up to 65,000, with 64,998 subdirectories', async () => {
    const image = writeMetadataFile(join(scratch, 'links.img'), planSample(withSubfolders(64_998)));
    expect(await e2fsckFaults(image.path)).toEqual([]);
    expect(await debugfs(image.path, 'stat /large')).toMatch(/Links: 65000 /);
  });

  it('is complete at every size at which its form changes', async () => {
    // Entries have 4,084 bytes, 24 of them for '.' and '..': 145 names of 20 bytes fit, 146 do not.
    const sizes = [0, 1, 144, 145, 146, 147, 200, 500];
    const sample = makeSample(
      sizes.map((size): SampleChild => [`${size}`, directory(many(size, 'exactly-20-bytes').map(padded))]),
    );
    const image = writeMetadataFile(join(scratch, 'sizes.img'), planSample(sample));
    expect(await faultsOf(image.path)).toEqual([]);
    for (const size of sizes) {
      const flags = size <= 145 ? 'Flags: 0x80000' : 'Flags: 0x81000';
      expect(await debugfs(image.path, `stat /${size}`)).toContain(flags);
    }
    const found = await listMounted(image.path);
    expect(differences(sample, found)).toEqual([]);
  });
});

function withSubfolders(count: number): Sample {
  const empty = directory([]);
  const subfolders = Array.from({ length: count }, (_, i): SampleChild => [`subfolder-${i}`, empty]);
  return makeSample([['large', directory(subfolders)]]);
}

function padded([name, node]: SampleChild): SampleChild {
  return [Buffer.from(`${name}`.slice(-20).padEnd(20, '-')), node];
}
