// @module-tag system
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type DirectoryHash, directoryHash } from '../../src/ext4/directory/hash.ts';
import { hashSeedOf } from '../../src/ext4/plan/plan.ts';
import { debugfs, faultsOf } from '../support/image-check.ts';
import { planSample, type SampleImage, UUID, writeMetadataFile } from '../support/image-files.ts';
import { listMounted } from '../support/image-kernel.ts';
import { differences } from '../support/image-listing.ts';
import { directory, file, makeSample, type SampleChild } from '../support/image-sample.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
const seed = hashSeedOf(UUID);

it('the kernel finds names with the same hash, also if they are in two blocks', async () => {
  const names = hashedNames(200_000);
  const pairs = equalHashes(names);
  expect(pairs.length).toBeGreaterThan(3);
  // The two names move across the end of a block, entry by entry, so that some directory has them in two blocks.
  const directories = pairs.slice(0, 3).flatMap(([first, second], pair) => {
    const lower = names.filter(({ hash }) => hash.major < first.hash.major).slice(0, 150);
    const higher = names.filter(({ hash }) => hash.major > first.hash.major).slice(0, 300);
    return Array.from({ length: 30 }, (_, i): SampleChild => {
      const inDirectory = [...lower.slice(0, 120 + i), first, second, ...higher];
      return [`${pair}-${i}`, directory(inDirectory.map(({ name }): SampleChild => [name, file('')]))];
    });
  });
  const image = writeMetadataFile(join(scratch, 'pairs.img'), planSample(makeSample(directories)));
  await expectWhole(image);
  const dumps = await Promise.all(directories.map(([name]) => debugfs(image.path, `htree_dump /${name}`)));
  // The lowest bit of an index entry is set if the previous block ends with the same hash.
  const split = dumps.filter((dump) => /^Entry #\d+: Hash 0x[0-9a-f]{7}[13579bdf],/m.test(dump));
  expect(split.length).toBeGreaterThanOrEqual(3);
});

it('entries are in the order of both hashes, as computed by debugfs', async () => {
  const names = hashedNames(400_000);
  const pairs = equalHashes(names).slice(0, 40).flat();
  const children = [...pairs, ...names.slice(0, 3000).filter((name) => !pairs.includes(name))];
  const sample = makeSample([['directory', directory(children.map(({ name }): SampleChild => [name, file('')]))]]);
  const image = writeMetadataFile(join(scratch, 'order.img'), planSample(sample));
  const dump = await debugfs(image.path, 'htree_dump /directory');
  const hashes = [...dump.matchAll(/ 0x([0-9a-f]{8})-([0-9a-f]{8}) \(\d+\) name-/g)].map(
    ([, major, minor]) => major + minor,
  );
  expect(hashes).toHaveLength(children.length);
  expect(hashes).toEqual(hashes.toSorted());
  expect(new Set(hashes.map((hash) => hash.slice(0, 8))).size).toBeLessThan(children.length - 3);
});

it('the kernel finds a name whose hash is the end mark of directories', async () => {
  // Found after 3,128,408,235 names with the seed of this UUID: debugfs computes the hash 0xfffffffe for both.
  const special = ['entry-2958936752', 'entry-3128408234'];
  for (const name of special) {
    expect(directoryHash(Buffer.from(name), seed).major).toBe(0xfffffffc);
  }
  const children = [...special, ...hashedNames(2000).map(({ name }) => name)];
  const sample = makeSample([['directory', directory(children.map((name): SampleChild => [name, file('')]))]]);
  const image = writeMetadataFile(join(scratch, 'end.img'), planSample(sample));
  const dump = await debugfs(image.path, 'htree_dump /directory');
  for (const name of special) {
    expect(dump).toMatch(new RegExp(` 0xfffffffe-[0-9a-f]{8} \\(\\d+\\) ${name} `));
  }
  await expectWhole(image);
});

async function expectWhole(image: SampleImage): Promise<void> {
  expect(await faultsOf(image.path)).toEqual([]);
  const found = await listMounted(image.path);
  expect(differences(image.sample, found)).toEqual([]);
}

interface HashedName {
  readonly name: string;
  readonly hash: DirectoryHash;
}

/** Names of 16 bytes each, so that the number of names in a block is known. */
function hashedNames(count: number): readonly HashedName[] {
  return Array.from({ length: count }, (_, i) => {
    const name = `name-${String(i).padStart(11, '0')}`;
    return { name, hash: directoryHash(Buffer.from(name), seed) };
  });
}

/** Names whose hashes differ only in the part that is not in the index. */
function equalHashes(names: readonly HashedName[]): readonly (readonly [HashedName, HashedName])[] {
  const seen = new Map<number, HashedName>();
  return names.flatMap((name) => {
    const other = seen.get(name.hash.major);
    seen.set(name.hash.major, name);
    return other === undefined ? [] : [[other, name] as const];
  });
}
