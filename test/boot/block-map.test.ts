import { closeSync, ftruncateSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parseBlockMap, rangesBetween } from '../../boot/block-map.ts';
import { encodeBmap } from '../../src/disk/bmap.ts';
import { runTool } from '../support/run-tool.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const BLOCK = 4096;

it('reads a map that bmaptool makes of a file with holes', { tags: ['system'] }, async () => {
  const path = join(temporaryDirectory(), 'image');
  const file = openSync(path, 'w');
  for (const block of [0, 100, 101, 102, 300]) {
    writeSync(file, Buffer.alloc(BLOCK, 1), 0, BLOCK, block * BLOCK);
  }
  ftruncateSync(file, 400 * BLOCK);
  closeSync(file);
  const { stdout } = await runTool('bmaptool', ['--quiet', 'create', path]);
  expect(parseBlockMap(stdout.toString())).toEqual([
    { offset: 0, length: BLOCK },
    { offset: 100 * BLOCK, length: 3 * BLOCK },
    { offset: 300 * BLOCK, length: BLOCK },
  ]);
});

it('reads a map of an image that ends within a block', () => {
  const sha256 = Buffer.alloc(32);
  const ranges = [{ offset: BLOCK, length: BLOCK + 100 }];
  const xml = encodeBmap(2 * BLOCK + 100, [{ ...ranges[0], sha256 }]);
  expect(parseBlockMap(xml)).toEqual(ranges);
});

it('finds what lies between', () => {
  const ranges = [
    { offset: 10, length: 5 },
    { offset: 15, length: 5 },
    { offset: 30, length: 10 },
  ];
  expect(rangesBetween(ranges, 50)).toEqual([
    { offset: 0, length: 10 },
    { offset: 20, length: 10 },
    { offset: 40, length: 10 },
  ]);
  expect(rangesBetween(ranges, 40)).toHaveLength(2);
  expect(rangesBetween([], 40)).toEqual([{ offset: 0, length: 40 }]);
});
