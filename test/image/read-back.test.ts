import { createHash } from 'node:crypto';
import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cutRanges } from '../../src/bytes/source.ts';
import { followWriters } from '../../src/image/read-back.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const MEBIBYTE = 1024 * 1024;

const path = join(temporaryDirectory(), 'file');

it('hashes what is in the file when each range has been written', async () => {
  const before = Buffer.alloc(5 * MEBIBYTE + 13, 'before');
  const after = Buffer.alloc(before.length, 'after');
  writeFileSync(path, before);
  const reader = followWriters(path);
  writeFileSync(path, after);
  for (const range of cutRanges(after.length, 2 * MEBIBYTE)) {
    reader.add(range);
  }
  expect(await reader.finish()).toEqual(createHash('sha256').update(after).digest());
});

it('lets other work of its thread go on', async () => {
  writeFileSync(path, Buffer.alloc(8 * MEBIBYTE));
  const reader = followWriters(path);
  reader.add({ offset: 0, length: 8 * MEBIBYTE });
  let isDone = false;
  const hash = reader.finish().finally(() => {
    isDone = true;
  });
  let turns = 0;
  while (!isDone) {
    await new Promise(setImmediate);
    turns++;
  }
  await hash;
  expect(turns).toBeGreaterThanOrEqual(8);
});

it('reports a file that has become shorter when the hash is asked for', async () => {
  writeFileSync(path, Buffer.alloc(4 * MEBIBYTE));
  const reader = followWriters(path);
  truncateSync(path, MEBIBYTE);
  reader.add({ offset: 0, length: 4 * MEBIBYTE });
  // Nobody waits for it yet: the error must not count as unhandled.
  await new Promise((resolve) => setTimeout(resolve, 50));
  await expect(reader.finish()).rejects.toThrow(`${path} ends at byte ${MEBIBYTE}`);
});
