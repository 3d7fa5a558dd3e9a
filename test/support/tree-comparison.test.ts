import { Buffer } from 'node:buffer';
import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { temporaryDirectory } from './temporary-directory.ts';
import { type Aspect, compareTrees } from './tree-comparison.ts';
import { listTree, type TreeEntry } from './tree-listing.ts';

let root = '';
beforeEach(() => {
  root = temporaryDirectory();
  mkdirSync(join(root, 'directory'), { mode: 0o755 });
  writeFileSync(join(root, 'directory', 'file'), 'contents', { mode: 0o644 });
  linkSync(join(root, 'directory', 'file'), join(root, 'directory', 'twin'));
  writeFileSync(Buffer.concat([Buffer.from(`${root}/directory `), Buffer.from([0xff])]), '');
  symlinkSync('directory/file', join(root, 'link'));
});

describe('listTree', () => {
  test('lists every entry, by bytes', () => {
    const entries = listTree(root);
    expect(entries.map(({ path, type }) => `${type} ${path.toString('latin1')}`)).toEqual([
      'directory ',
      'directory directory',
      'file directory \xff',
      'file directory/file',
      'file directory/twin',
      'symlink link',
    ]);
    expect(entries[3]).toMatchObject({
      mode: 0o644,
      size: 8,
      links: 2,
      // printf contents | sha256sum
      sha256: 'd1b2a59fbea7e20077af9f91b27e95e865061b270be03ff539ab3b73587882e8',
    });
    expect(entries[5]?.target).toEqual(Buffer.from('directory/file'));
  });

  test('leaves out what is to be skipped, with all below', () => {
    expect(listTree(root, { skip: ['directory'] }).map(({ path }) => path.length)).toEqual([0, 11, 4]);
  });
});

describe('compareTrees', () => {
  test('finds no difference between a tree and itself', () => {
    expect(compareTrees(listTree(root), listTree(root), { ignore: ['atime'] })).toEqual([]);
  });

  test.each<[Aspect, number, Partial<TreeEntry>]>([
    ['type', 1, { type: 'symlink' }],
    ['mode', 1, { mode: 0o700 }],
    ['uid', 1, { uid: 12345 }],
    ['gid', 1, { gid: 12345 }],
    ['mtime', 1, { mtime: 1n }],
    ['atime', 1, { atime: 1n }],
    ['ctime', 1, { ctime: 1n }],
    ['size', 3, { size: 9 }],
    ['directorySize', 1, { size: 1 }],
    ['target', 5, { target: Buffer.from('directory/fil\xe9', 'latin1') }],
    ['links', 3, { links: 3 }],
    ['inode', 2, { inode: 1n }],
    ['contents', 3, { sha256: '0'.repeat(64) }],
  ])('reports a different %s, unless it is ignored', (aspect, index, change) => {
    const expected = listTree(root);
    const actual = expected.map((entry, at) => (at === index ? { ...entry, ...change } : entry));
    const differences = compareTrees(expected, actual);
    expect(differences).toHaveLength(1);
    expect(differences[0]).toMatch(new RegExp(`^${aspect} of directory|^target of link`));
    expect(compareTrees(expected, actual, { ignore: [aspect] })).toEqual([]);
    const path = expected[index]?.path.toString() ?? '';
    expect(compareTrees(expected, actual, { ignoreAt: { [path]: [aspect] } })).toEqual([]);
    expect(compareTrees(expected, actual, { ignoreAt: { elsewhere: [aspect] } })).toHaveLength(1);
  });

  test('ignores nothing of a file whose name every object has as a property', () => {
    writeFileSync(join(root, 'toString'), '');
    const expected = listTree(root);
    const actual = expected.map((entry) => (entry.path.toString() === 'toString' ? { ...entry, mode: 0 } : entry));
    expect(compareTrees(expected, actual, { ignoreAt: { elsewhere: ['mode'] } })).toHaveLength(1);
  });

  test('reports a hard link that is a copy', () => {
    const expected = listTree(root);
    const actual = expected.map((entry, at) => (at === 4 ? { ...entry, inode: 0n } : entry));
    expect(compareTrees(expected, actual, { ignore: ['inode'] })).toEqual([
      'hardLinks of directory/twin: expected directory/file, found directory/twin',
    ]);
  });

  test('reports missing and unexpected entries, anywhere', () => {
    const entries = listTree(root);
    for (const [index, entry] of entries.entries()) {
      const fewer = entries.filter((_, at) => at !== index);
      const ignore = ['hardLinks'] as const;
      expect(compareTrees(entries, fewer, { ignore })[0]).toMatch(`missing ${entry.type} `);
      expect(compareTrees(fewer, entries, { ignore })[0]).toMatch(`unexpected ${entry.type} `);
      expect(compareTrees(entries, fewer, { ignore })).toHaveLength(1);
    }
  });

  test('takes contents that were not read for a difference, unless they are ignored', () => {
    const unread = listTree(root, { contents: false });
    expect(compareTrees(unread, unread)).toHaveLength(3);
    expect(compareTrees(unread, unread, { ignore: ['contents'] })).toEqual([]);
  });

  test('cuts a long list short and counts it', () => {
    expect(compareTrees(listTree(root), [], { limit: 2 })).toEqual([
      'missing directory the root',
      'missing directory directory',
      '... 6 differences in all',
    ]);
  });
});
