import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planExt4 } from '../../src/ext4/plan/plan.ts';
import { createExt4Source } from '../../src/ext4/source.ts';
import { type Child, composeTree, type Directory } from '../../src/tree/compose.ts';
import { createContentsReader } from '../../src/tree/contents.ts';
import { digestFiles, duplicateCandidates, shareDuplicates } from '../../src/tree/duplicates.ts';
import type { ImageTree } from '../../src/tree/image-tree.ts';
import { layOutImage } from '../../src/tree/lay-out-image.ts';
import { scanRootFiles } from '../../src/tree/root-files/scan.ts';
import { scanPath } from '../../src/tree/scan.ts';
import { debugfs, faultsOf } from '../support/image-check.ts';
import { exactly } from '../support/image-contents.ts';
import { UUID, writeSparse } from '../support/image-files.ts';
import { type HostOptions, putOnHost } from '../support/image-host.ts';
import { spelledOut } from '../support/image-packed.ts';
import { directory, file, type SampleChild } from '../support/image-sample.ts';
import { temporaryDirectory } from '../support/temporary-directory.ts';

const scratch = temporaryDirectory();
let made = 0;

/** The tree of an image whose store holds one directory. */
function storeOf(children: readonly SampleChild[], options: HostOptions = {}): ImageTree {
  const path = join(scratch, `${made++}`);
  putOnHost(directory(children), path, options);
  const scanned = scanPath(Buffer.from(path));
  const storePaths = [{ name: 'path', path: Buffer.from(path), tree: scanned }];
  return layOutImage({ storePaths, registration: Buffer.from('one'), storeGid: 0, rootDirectories: [] });
}

function share(tree: ImageTree): number {
  const candidates = duplicateCandidates(tree);
  return shareDuplicates(tree, candidates, digestFiles(tree, candidates));
}

/** The paths of the files that share an inode, each group in the tree's order. */
function groupsOf(tree: ImageTree): readonly (readonly string[])[] {
  const entries = spelledOut(tree);
  const groups = new Map<number, string[]>();
  for (let entry = 0; entry < tree.count; entry++) {
    const group = groups.get(tree.original[entry]) ?? [];
    groups.set(tree.original[entry], [...group, entries[entry].path.replace('nix/store/path/', '')]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

describe('equal files', () => {
  it('share an inode, that of the first, if both are executable or both are not', () => {
    const tree = storeOf([
      ['a', file('same')],
      [
        'b',
        directory([
          ['x', file('same')],
          ['y', file('same', { mode: 0o555 })],
        ]),
      ],
      ['c', file('same', { mode: 0o555 })],
      ['d', file('sane')],
      ['e', file('same!')],
      ['f', file('')],
      ['g', file('')],
      ['h', file('', { mode: 0o555 })],
    ]);
    expect(share(tree)).toBe(8);
    expect(groupsOf(tree)).toEqual([
      ['a', 'b/x'],
      ['b/y', 'c'],
      ['f', 'g'],
    ]);
  });

  it('of any number and size are found, by their contents alone', () => {
    const anyContents = fc.oneof(fc.constantFrom('', 'a', 'b', 'aa', 'ab'), fc.string({ maxLength: 3 }));
    const anyFile = fc.record({ contents: anyContents, executable: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyFile, { maxLength: 60 }), (files) => {
        const children = files.map(
          ({ contents, executable }, i): SampleChild => [
            `${i}`.padStart(3, '0'),
            file(contents, { mode: executable ? 0o555 : 0o444 }),
          ],
        );
        const tree = storeOf(children);
        const saved = share(tree);
        const expected = new Map<string, string[]>();
        files.forEach((one, i) => {
          const key = JSON.stringify(one);
          expected.set(key, [...(expected.get(key) ?? []), `${i}`.padStart(3, '0')]);
        });
        const groups = [...expected.values()];
        expect(groupsOf(tree)).toEqual(groups.filter((group) => group.length > 1));
        const sizeOf = (name: string): number => Buffer.byteLength(files[Number(name)].contents);
        expect(saved).toBe(groups.reduce((sum, group) => sum + (group.length - 1) * sizeOf(group[0]), 0));
      }),
      { numRuns: 60 },
    );
  });

  it('are shared the same way whatever the links, the order and the times on this machine', () => {
    const shared = file('linked on the host');
    const children: readonly SampleChild[] = [
      [
        'a',
        directory([
          ['1', shared],
          ['2', file('linked on the host')],
        ]),
      ],
      ['b', shared],
      ['c', file('another')],
      ['d', file('another')],
    ];
    const trees = [
      storeOf(children, { linked: true }),
      storeOf(children),
      storeOf(children, { reversed: true, time: 1_000_000, linked: true }),
    ];
    for (const tree of trees) {
      expect(share(tree)).toBe(2 * 18 + 7);
    }
    for (const tree of trees.slice(1)) {
      expect(tree.original).toEqual(trees[0].original);
      expect(spelledOut(tree)).toEqual(spelledOut(trees[0]));
    }
  });

  it('are not shared without deduplication: hard links on this machine become separate files', () => {
    const shared = file('linked on the host');
    const tree = storeOf(
      [
        ['a', shared],
        ['b', shared],
      ],
      { linked: true },
    );
    expect(groupsOf(tree)).toEqual([]);
  });
});

it('only files that share their size and executable bit with another one are read', () => {
  const path = join(scratch, `${made++}`);
  const children: readonly SampleChild[] = [
    ['alone', file('the only one of its size')],
    ['executable', file('four', { mode: 0o555 })],
    ['one', file('1234')],
    ['other', file('4321')],
  ];
  putOnHost(directory(children, { mode: 0o755 }), path);
  const storePaths = [{ name: 'path', path: Buffer.from(path), tree: scanPath(Buffer.from(path)) }];
  const tree = layOutImage({ storePaths, registration: Buffer.from('1234'), storeGid: 0, rootDirectories: [] });
  // A missing file cannot be read.
  rmSync(join(path, 'alone'));
  rmSync(join(path, 'executable'));
  const entries = spelledOut(tree);
  expect(Array.from(duplicateCandidates(tree), (entry) => entries[entry].path)).toEqual([
    'nix/store/path/one',
    'nix/store/path/other',
  ]);
  expect(share(tree)).toBe(0);
});

it('files outside the store are not shared: users may change them', () => {
  const store = join(scratch, `${made++}`);
  const beside = join(scratch, `${made++}`);
  putOnHost(
    directory([
      ['a', file('same')],
      ['b', file('same')],
    ]),
    store,
  );
  putOnHost(
    directory(
      [
        ['a', file('same')],
        [
          'nix',
          directory([
            ['b', file('same')],
            ['z', file('same')],
          ]),
        ],
      ],
      { mode: 0o755 },
    ),
    beside,
  );
  const storePaths = [{ name: 'path', path: Buffer.from(store), tree: scanPath(Buffer.from(store)) }];
  const rootDirectories = [scanRootFiles(beside, 'kept')];
  const tree = layOutImage({ storePaths, registration: Buffer.from('same'), storeGid: 0, rootDirectories });
  share(tree);
  expect(groupsOf(tree)).toEqual([['a', 'b']]);
});

it('a file with more duplicates than an inode may have links gets another inode', { tags: ['system'] }, async () => {
  const count = 130_003;
  const contents = Buffer.from('the same in all');
  const children = Array.from({ length: count }, (_, i): Child => {
    return { name: Buffer.from(`${i}`.padStart(6, '0')), node: { kind: 'generated', mode: 0o444, gid: 0, contents } };
  });
  const inDirectory = (name: string, below: readonly Child[]): Child => {
    const node: Directory = { kind: 'directory', mode: 0o755, gid: 0, children: below };
    return { name: Buffer.from(name), node };
  };
  const store = inDirectory('nix', [inDirectory('store', children)]);
  const tree = composeTree({
    kind: 'directory',
    mode: 0o755,
    gid: 0,
    children: [inDirectory('lost+found', []), store],
  });
  expect(share(tree)).toBe((count - 3) * contents.length);

  const plan = planExt4(tree, { uuid: UUID, label: Buffer.from('label'), freeSpace: 0, time: 1 });
  const source = createExt4Source(plan, tree, createContentsReader(tree).read);
  const path = join(scratch, 'twins.img');
  writeSparse(path, source, source.dataRanges({ offset: 0, length: source.size }));
  expect(await faultsOf(path)).toEqual([]);
  for (const [name, links] of [
    ['000000', 65_000],
    ['064999', 65_000],
    ['065000', 65_000],
    ['129999', 65_000],
    ['130000', 3],
    ['130002', 3],
  ] as const) {
    expect(await debugfs(path, `stat /nix/store/${name}`)).toContain(`Links: ${links} `);
    expect(await debugfs(path, `cat /nix/store/${name}`)).toBe('the same in all');
  }
});

it('a file that changes its size between scan and digest is reported', () => {
  const path = join(scratch, `${made++}`);
  putOnHost(
    directory([
      ['a', file(exactly('same'))],
      ['b', file(exactly('same'), { mode: 0o644 })],
    ]),
    path,
  );
  const storePaths = [{ name: 'path', path: Buffer.from(path), tree: scanPath(Buffer.from(path)) }];
  const tree = layOutImage({ storePaths, registration: Buffer.from(''), storeGid: 0, rootDirectories: [] });
  writeFileSync(join(path, 'b'), 'sam');
  expect(() => share(tree)).toThrow(/\/nix\/store\/path\/b\b/);
});
