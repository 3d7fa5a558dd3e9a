// @module-tag system
import { copyFileSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { expect, it } from 'vitest';
import { debugfs, faultsOf } from '../support/image-check.ts';
import { allOf } from '../support/image-contents.ts';
import { makeImageFile, overwrite } from '../support/image-files.ts';
import { listAsRoot, listMounted } from '../support/image-kernel.ts';
import { differences, expectedListing } from '../support/image-listing.ts';
import type { SampleDirectory, SampleNode } from '../support/image-sample.ts';
import { FILE_SIZES, HARD_NAMES, smallSample, TARGET_LENGTHS } from '../support/image-small.ts';
import { runAsRoot, runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';
import { compareTrees } from '../support/tree-comparison.ts';

const directory = temporaryDirectory();
const image = makeImageFile(join(directory, 'small.img'), smallSample(), { freeSpace: 1 << 20 });
const expected = expectedListing(image.sample, { time: 1 });

it('is valid, and one byte less is not', async () => {
  expect(await faultsOf(image.path)).toEqual([]);
  const damaged = join(directory, 'damaged.img');
  copyFileSync(image.path, damaged);
  overwrite(damaged, (await firstBlock('/one-leaf')) * 4096 + 50, Buffer.from('?'));
  const faults = await faultsOf(damaged);
  expect(faults.join('\n')).toMatch(/e2fsck -fn, exit code 4\n[\s\S]*\ninode: .*checksum/);
});

it('has the source tree when the kernel reads it: names, types, modes, owners, times, links, contents', async () => {
  const found = await listMounted(image.path);
  expect(differences(image.sample, found)).toEqual([]);
  const lengths = found.filter(({ type }) => type === 'symlink').map(({ target }) => target?.length);
  for (const length of TARGET_LENGTHS) {
    expect(lengths).toContain(length);
  }
});

it('has the source tree when debugfs dumps it', async () => {
  const dump = join(directory, 'dump');
  mkdirSync(dump);
  const { stderr } = await runAsRoot('debugfs', ['-R', `rdump / ${dump}`, image.path]);
  expect(stderr.toString().trim().split('\n')).toHaveLength(1);
  const found = await listAsRoot(dump);
  // A dump has new files of this machine; symlinks keep owner and time, and modes only the nine permission bits.
  const plain = expected.map((entry) => ({ ...entry, mode: entry.mode & 0o777 }));
  const ignore = ['directorySize', 'inode', 'atime', 'ctime', 'links', 'hardLinks'] as const;
  const ofSymlinks = expected.filter(({ type }) => type === 'symlink').map(({ path }) => path.toString());
  const ignoreAt = Object.fromEntries(ofSymlinks.map((path) => [path, ['gid', 'mtime'] as const]));
  expect(compareTrees(plain, found, { ignore, ignoreAt })).toEqual([]);
});

it('has the inodes, modes, owners, sizes and times that debugfs lists', async () => {
  // Inode, mode, type of the entry in brackets, uid, gid, size, time, name.
  const lines = (await debugfs(image.path, 'ls -l /attributes')).split('\n').map((line) => line.trim().split(/\s+/));
  // Groups are printed as signed numbers.
  expect(lines).toContainEqual([expect.any(String), '43711', '(2)', '0', '-2', '4096', ...TIME, '.']);
  expect(lines).toContainEqual([expect.any(String), '104755', '(1)', '0', '0', '4', ...TIME, 'mode-4755']);
  expect(lines).toContainEqual([expect.any(String), '100444', '(1)', '0', '65536', '5', ...TIME, 'group-65536']);
  expect(lines).toContainEqual([expect.any(String), '120777', '(7)', '0', '30000', '5', ...TIME, 'link-group-30000']);
  expect(lines).toContainEqual([
    expect.any(String),
    '40555',
    '(2)',
    '0',
    '65535',
    '4096',
    ...TIME,
    'directory-group-65535',
  ]);
});

const TIME = ['1-Jan-1970', '00:00'];

it('has inodes with four times, and flags for extents and indexes only, according to debugfs', async () => {
  const file = await debugfs(image.path, 'stat /sizes/1000003');
  for (const time of ['ctime', 'atime', 'mtime', 'crtime']) {
    expect(file).toMatch(new RegExp(`^ *${time}: 0x00000001:00000000`, 'm'));
  }
  expect(file).toMatch(/Mode: {2}0444 {3}Flags: 0x80000\nGeneration: 0 /);
  expect(file).toMatch(/Links: 1 {3}Blockcount: 1960\n/);
  expect(file).toMatch(/EXTENTS:\n\(0-244\):\d+-\d+\n?$/);
  expect(await debugfs(image.path, 'stat /some-leaves')).toContain('Flags: 0x81000');
  expect(await debugfs(image.path, 'stat /one-leaf')).toContain('Flags: 0x80000');
  expect(await debugfs(image.path, 'stat /targets/59')).toMatch(
    /Flags: 0x0\n[\s\S]*Blockcount: 0\n[\s\S]*Fast link dest: "/,
  );
  expect(await debugfs(image.path, 'stat /targets/60')).toMatch(/Flags: 0x80000\n[\s\S]*Blockcount: 8\n/);
  expect(await debugfs(image.path, 'stat /linked/a')).toContain('Links: 2 ');
});

it('has the source tree when GRUB reads it: names, sizes, contents', async () => {
  const listed = await grub('ls', '-l', '(loop0)/sizes/');
  for (const size of FILE_SIZES) {
    expect(listed).toMatch(new RegExp(`^${size} +19700101000001 ${size}$`, 'm'));
  }
  for (const size of FILE_SIZES) {
    expect(await grubChecksum(`/sizes/${size}`)).toBe(checksum(['sizes', `${size}`]));
  }
  expect(await grubChecksum('/zeros')).toBe(checksum(['zeros']));
  expect(await grubChecksum('/linked/b/c')).toBe(checksum(['linked', 'a']));

  const names = await grub('ls', '-a', '(loop0)/names/');
  for (const name of HARD_NAMES) {
    expect(names).toContain(` ${name.toString('latin1')} `.trimStart());
  }
  // Without names that cannot be arguments: a path is UTF-8 here.
  for (const name of HARD_NAMES.filter((bytes) => Buffer.from(bytes.toString()).equals(bytes))) {
    expect(await grub('cat', `(loop0)/names/${name.toString()}`)).toBe(name.toString('latin1'));
  }
  const leaves = (await grub('ls', '(loop0)/some-leaves/')).trim().split(' ');
  expect(leaves).toHaveLength(1500);
  expect(
    await grub('cat', `(loop0)/deep${Array.from({ length: 63 }, (_, i) => `/level-${i + 2}`).join('')}/bottom`),
  ).toBe('the bottom');
});

it('is a sparse file no larger than its contents', () => {
  const { size, blocks } = statSync(image.path);
  expect(size).toBe(image.plan.blocks * 4096);
  expect(blocks * 512).toBeLessThan(4 * 1024 ** 2);
});

async function grub(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await runTool('grub-fstest', [image.path, '--', ...args]);
  expect(stderr.toString()).toBe('');
  return stdout.toString('latin1');
}

async function grubChecksum(path: string): Promise<number> {
  return Number.parseInt(await grub('crc', `(loop0)${path}`), 16);
}

function checksum(path: readonly string[]): number {
  let node: SampleNode = image.sample.root;
  for (const name of path) {
    node = childOf(node, name);
  }
  if (node.kind !== 'file') {
    throw new Error(`${path.join('/')} is no file`);
  }
  return crc32(allOf(node.contents));
}

function childOf(node: SampleNode, name: string): SampleNode {
  const children: SampleDirectory['children'] = node.kind === 'directory' ? node.children : [];
  const found = children.find(([candidate]) => Buffer.from(candidate).equals(Buffer.from(name)));
  if (found === undefined) {
    throw new Error(`no ${name}`);
  }
  return found[1];
}

async function firstBlock(path: string): Promise<number> {
  return Number((await debugfs(image.path, `blocks ${path}`)).trim().split(' ')[0]);
}
