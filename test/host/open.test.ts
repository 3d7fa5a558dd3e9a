// @module-tag system
import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { listWithoutLinks, openFile, openWithoutLinks } from '../../src/host/open.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

/** A directory a/b with the file c, beside a directory of the same shape. */
function twoTrees(): string {
  const top = temporaryDirectory();
  for (const [name, text] of [
    ['a', 'inside'],
    ['other', 'outside'],
  ] as const) {
    mkdirSync(join(top, name, 'b'), { recursive: true });
    writeFileSync(join(top, name, 'b', 'c'), text);
  }
  return top;
}

const textOf = (descriptor: number): string => {
  try {
    return readFileSync(descriptor, 'utf8');
  } finally {
    closeSync(descriptor);
  }
};

it('opens a file at a path without links', () => {
  const top = twoTrees();
  expect(textOf(openWithoutLinks(Buffer.from(join(top, 'a/b/c'))))).toBe('inside');
});

it.each(['a', 'a/b', 'a/b/c'])('follows no link at %s', (part) => {
  const top = twoTrees();
  renameSync(join(top, part), join(top, 'moved'));
  symlinkSync(join(top, part.replace('a', 'other')), join(top, part));
  const path = Buffer.from(join(top, 'a/b/c'));
  expect(readFileSync(path, 'utf8')).toBe('outside');
  expect(() => openWithoutLinks(path)).toThrow(/^(ENOTDIR|ELOOP): .*a\/b\/c'$/);
});

it('follows the links of a trusted directory, and none below it', () => {
  const top = twoTrees();
  symlinkSync('other', join(top, 'store'));
  const path = Buffer.from(join(top, 'store/b/c'));
  expect(() => openWithoutLinks(path)).toThrow();
  expect(textOf(openWithoutLinks(path, join(top, 'store')))).toBe('outside');
  renameSync(join(top, 'other/b'), join(top, 'b'));
  symlinkSync('../b', join(top, 'other/b'));
  expect(() => openWithoutLinks(path, join(top, 'store'))).toThrow(/ENOTDIR/);
});

it('lists a directory with what each entry is, and does not follow a link to one', () => {
  const top = twoTrees();
  symlinkSync('../other', join(top, 'a/link'));
  const { stats, entries } = listWithoutLinks(Buffer.from(join(top, 'a')));
  expect(stats.isDirectory()).toBe(true);
  const found = entries.map(({ name, stats: own, target }) => [`${name}`, own.isDirectory(), target?.toString()]);
  expect(found.sort()).toEqual([
    ['b', true, undefined],
    ['link', false, '../other'],
  ]);
  expect(() => listWithoutLinks(Buffer.from(join(top, 'a/link')))).toThrow(/^ENOTDIR: .*a\/link'$/);
  rmSync(join(top, 'a/link'));
  expect(() => listWithoutLinks(Buffer.from(join(top, 'a/none')))).toThrow(/^ENOENT: .*a\/none'$/);
});

it('does not wait for a named pipe', () => {
  const top = temporaryDirectory();
  execFileSync('mkfifo', [join(top, 'pipe')]);
  closeSync(openFile(join(top, 'pipe')));
  closeSync(openWithoutLinks(Buffer.from(join(top, 'pipe'))));
});
