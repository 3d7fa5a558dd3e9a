// @module-tag slow
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { isZero } from '../../../src/bytes/zero.ts';
import { planExt4 } from '../../../src/ext4/plan/plan.ts';
import { auditExt4 } from '../../../src/ext4/read/audit/audit.ts';
import { openExt4 } from '../../../src/ext4/read/reader.ts';
import { createExt4Source } from '../../../src/ext4/source.ts';
import { composeTree } from '../../../src/tree/compose.ts';
import { createContentsReader } from '../../../src/tree/contents.ts';
import { overlay } from '../../../src/tree/overlay.ts';
import { scanRootFiles } from '../../../src/tree/root-files/scan.ts';
import { temporaryDirectory } from '../../support/temporary-directory.ts';
import { createRandom } from './support/random.ts';
import { makeManyFiles, makeSourceTree, makeSparse } from './support/source-tree.ts';
import { copyToMemory, type MemoryImage } from './support/sources.ts';
import { fingerprint, walkDirectory, walkImage } from './support/walk.ts';

const BLOCK = 4096;

const directory = temporaryDirectory();
let image: MemoryImage;

beforeAll(() => {
  const root = join(directory, 'root');
  makeSourceTree(root);
  makeManyFiles(`${root}/one level`, 300, 100);
  makeManyFiles(`${root}/two levels`, 6600, 255);
  image = makeImage(root);
});

/** Writes a directory of this machine to an image in memory. */
function makeImage(root: string): MemoryImage {
  const lostAndFound = { kind: 'directory', mode: 0o700, gid: 0, children: [] } as const;
  const base = { ...lostAndFound, mode: 0o755, children: [{ name: Buffer.from('lost+found'), node: lostAndFound }] };
  const tree = composeTree(overlay(base, scanRootFiles(root, 'kept')));
  const uuid = Buffer.from('44444444444444448888888888888888', 'hex');
  const plan = planExt4(tree, { uuid, label: Buffer.from('OWN'), freeSpace: 2 ** 20, time: 1 });
  const contents = createContentsReader(tree);
  try {
    return copyToMemory(createExt4Source(plan, tree, contents.read));
  } finally {
    contents.close();
  }
}

it('finds no fault in an image of this project', () => {
  expect(auditExt4(openExt4(image))).toEqual([]);
});

it('reads every name, type, mode and byte', () => {
  const found = walkImage(openExt4(image));
  const expected = walkDirectory(join(directory, 'root'));
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [name, { kind, permissions, contents }] of expected) {
    const entry = found.get(name);
    expect({ kind: entry?.kind, permissions: entry?.permissions }, name).toEqual({ kind, permissions });
    expect(entry?.contents === contents, `contents of ${name}`).toBe(true);
  }
});

it('finds every flipped bit', () => {
  const root = join(directory, 'small root');
  makeManyFiles(`${root}/indexed`, 50, 200);
  writeFileSync(`${root}/file`, Buffer.alloc(10_000, 'data'));
  makeSparse(`${root}/sparse`, 8);
  for (const length of [5, 1000]) {
    symlinkSync('t'.repeat(length), `${root}/link-${length}`);
  }
  const small = makeImage(root);
  const random = createRandom(7);
  const expected = fingerprint(small);
  const used: number[] = [];
  for (let block = 0; block < small.size / BLOCK; block++) {
    if (!isZero(small.slice(block * BLOCK, BLOCK))) {
      used.push(block);
    }
  }

  const missed: number[] = [];
  for (let i = 0; i < 200; i++) {
    const offset = random.below(3) > 0 ? random.pick(used) * BLOCK + random.below(BLOCK) : random.below(small.size);
    small.write(offset, Buffer.from([small.slice(offset, 1)[0] ^ (1 << random.below(8))]));
    if (fingerprint(small) === expected) {
      missed.push(offset);
    }
    small.restore();
  }
  expect(missed).toEqual([]);
});
