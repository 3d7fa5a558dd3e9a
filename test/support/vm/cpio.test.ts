// @module-tag system
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runTool } from '../run-tool.ts';
import { temporaryDirectory } from '../temporary-directory.ts';
import { cpioArchive } from './cpio.ts';
import { BUSYBOX } from './initrd.ts';

test('busybox unpacks what is packed', async () => {
  const directory = temporaryDirectory();
  const files = [
    { path: 'init', data: Buffer.from('#!/bin/sh\n') },
    ...[0, 1, 2, 3, 4, 5].map((length) => ({
      path: `lib/${'n'.repeat(length + 1)}/file`,
      data: Buffer.alloc(length, 'a'),
    })),
    { path: 'lib/large', data: Buffer.alloc(3_000_001, 'large') },
  ];
  writeFileSync(join(directory, 'archive'), cpioArchive(files));
  const unpacked = join(directory, 'unpacked');
  mkdirSync(unpacked);
  const unpack = ['cpio', '-i', '-F', join(directory, 'archive')];
  await runTool(BUSYBOX, unpack, { workingDirectory: unpacked });
  const paths = readdirSync(unpacked, { recursive: true, encoding: 'utf8' });
  const found = paths.filter((path) => statSync(join(unpacked, path)).isFile());
  expect(found.sort()).toEqual(files.map(({ path }) => path).sort());
  for (const { path, data } of files) {
    expect(readFileSync(join(unpacked, path)).equals(data)).toBe(true);
    expect(statSync(join(unpacked, path)).mode & 0o7777).toBe(0o755);
  }
});
